// A database in memory with generations that can be published one after the other.  For tests.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "domain/published.hpp"
#include "domain/show.hpp"
#include "features/features.hpp"
#include "packed/packed_features.hpp"
#include "similarity/similarity.hpp"

namespace bingefriend {

inline ShowFacts facts_of(const Show& show) {
    return {.id = show.id, .name = show.name, .genres = show.genres, .rating = show.rating};
}

class FakeReader final : public PublishedReader {
  public:
    void publish(std::int64_t number, const Catalogue& catalogue) {
        const Features features = compute_features(catalogue);
        catalogues[number] = catalogue;
        packed_[number] = packed({features, compute_facets(catalogue)});
        most_similar_of[number] = most_similar(features, {});
        generation = Generation{.number = number};
    }

    // As after a database was put together from two.
    void give_features_of(std::int64_t other, std::int64_t number) { packed_[number] = packed_[other]; }

    void damage(std::int64_t number) { packed_[number][packed_[number].size() / 2] ^= 1; }

    std::optional<Generation> current() override { return generation; }
    std::optional<ScoreSpread> spread() override { return {}; }
    std::vector<Generation> generations() override { return {}; }
    std::vector<ExplainedList> lists(std::span<const ShowId> shows, std::size_t n) override {
        std::vector<ExplainedList> lists;
        const RecommendationLists& published = most_similar_of.at(generation->number);
        for (const ShowId show : shows) {
            ExplainedList& list = lists.emplace_back(ExplainedList{generation->number, {}});
            const auto at = std::lower_bound(published.shows.begin(), published.shows.end(), show);
            if (at != published.shows.end() && *at == show) {
                const auto entries = published.of(static_cast<std::size_t>(at - published.shows.begin()));
                list.entries.assign(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(
                                                                           std::min(n, entries.size())));
            }
        }
        return lists;
    }
    std::optional<ShowFacts> show(ShowId) override { return {}; }
    std::vector<ShowFacts> shows(std::span<const ShowId> ids, std::int64_t number) override {
        std::vector<ShowFacts> found;
        for (const ShowId id : ids) {
            for (const Show& show : catalogues.at(number).shows) {
                if (show.id == id) {
                    found.push_back(facts_of(show));
                }
            }
        }
        return found;
    }
    std::string packed_features(std::int64_t number, std::int64_t part) override {
        times_read += part == 0 ? 1 : 0;
        constexpr std::size_t bytes = 1'000;
        const std::size_t begin = static_cast<std::size_t>(part) * bytes;
        return begin < packed_[number].size() ? packed_[number].substr(begin, bytes) : "";
    }
    std::vector<ShowId> show_ids(std::int64_t number) override {
        std::vector<ShowId> ids;
        for (const Show& show : catalogues.at(number).shows) {
            ids.push_back(show.id);
        }
        return ids;
    }
    void for_each_name_word(std::int64_t number, const std::function<void(const NameWord&)>& visit) override {
        ++times_names_read;
        for (const NameWord& word :
             words_stored ? name_words(catalogues.at(number)) : std::vector<NameWord>()) {
            visit(word);
        }
    }
    void for_each_name(std::int64_t number,
                       const std::function<void(ShowId, std::string_view)>& visit) override {
        for (const Show& show : catalogues.at(number).shows) {
            visit(show.id, show.name);
        }
    }
    void for_each_show(const std::function<void(const ShowFacts&)>&) override {}
    void for_each_list(const std::function<void(ShowId, std::span<const Recommendation>)>&) override {}

    std::optional<Generation> generation;
    std::map<std::int64_t, Catalogue> catalogues;
    std::map<std::int64_t, RecommendationLists> most_similar_of;
    int times_read = 0;
    int times_names_read = 0;
    bool words_stored = true;

  private:
    std::map<std::int64_t, std::string> packed_;
};

}  // namespace bingefriend
