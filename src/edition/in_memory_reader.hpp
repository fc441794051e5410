// A database in memory that can fail and wait.  For tests.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/published.hpp"
#include "domain/show.hpp"
#include "features/features.hpp"
#include "kernel/most_similar.hpp"
#include "packed/packed_features.hpp"

namespace bingefriend {

// Thread-safe as long as nothing is published.
class InMemoryReader : public PublishedReader {
  public:
    struct Stored {
        std::vector<ShowDetails> shows;  // by id
        std::map<ShowId, std::vector<Recommendation>> lists;
        std::string packed_features;
        std::vector<NameWord> words;
        std::optional<ScoreSpread> spread;
    };

    std::optional<Generation> generation;  // the published one
    std::map<std::int64_t, Stored> stored;
    std::function<void()> before_lists = [] {};
    std::function<void()> before_shows = [] {};
    std::function<void()> before_features = [] {};
    std::function<void()> before_ids = [] {};
    std::atomic<bool> unavailable = false;
    std::atomic<int> reads = 0;  // of any kind
    std::atomic<int> connections_opened = 0;
    std::atomic<int> lists_read = 0;  // batches
    std::atomic<int> shows_read = 0;  // batches
    std::atomic<int> features_read = 0;
    std::atomic<int> names_read = 0;

    void publish(std::int64_t number, const Catalogue& catalogue) {
        const Features features = compute_features(catalogue);
        const RecommendationLists lists = most_similar(features, {});
        Stored& next = stored[number] = {};
        for (std::size_t row = 0; row < catalogue.shows.size(); ++row) {
            const Show& show = catalogue.shows[row];
            next.shows.push_back(
                {.id = show.id, .name = show.name, .genres = show.genres, .rating = show.rating});
            const auto list = lists.of(row);
            next.lists[show.id].assign(list.begin(), list.end());
        }
        next.packed_features = packed({features, compute_facets(catalogue)});
        next.words = name_words(catalogue);
        generation = Generation{.number = number, .shows = static_cast<std::int64_t>(catalogue.shows.size())};
    }
    // Publishes the same data under another number.
    void publish_again(std::int64_t number) {
        stored[number] = stored.at(generation->number);
        generation->number = number;
    }

    Stored& current_data() { return stored.at(generation->number); }

    std::optional<Generation> current() override {
        begin_read();
        return generation;
    }
    std::optional<Generation> current_anew() override {
        ++connections_opened;
        return current();
    }
    std::vector<Generation> generations() override { return {}; }
    std::optional<ScoreSpread> spread(std::int64_t number) override { return of(number).spread; }
    std::vector<std::vector<Recommendation>> lists(std::int64_t number, std::span<const ShowId> shows,
                                                   std::size_t n) override {
        before_lists();
        const Stored& data = of(number);
        ++lists_read;
        std::vector<std::vector<Recommendation>> lists;
        for (const ShowId show : shows) {
            const auto at = data.lists.find(show);
            lists.push_back(at == data.lists.end() ? std::vector<Recommendation>() : at->second);
            lists.back().resize(std::min(n, lists.back().size()));
        }
        return lists;
    }
    std::vector<ShowDetails> shows(std::int64_t number, std::span<const ShowId> ids) override {
        before_shows();
        const Stored& data = of(number);
        ++shows_read;
        std::vector<ShowDetails> found;
        for (const ShowId id : ids) {
            const auto at = std::find_if(data.shows.begin(), data.shows.end(),
                                         [&](const ShowDetails& show) { return show.id == id; });
            if (at != data.shows.end()) {
                found.push_back(*at);
            }
        }
        return found;
    }
    NextChunk packed_features(std::int64_t number) override {
        before_features();
        ++features_read;
        return [bytes = of(number).packed_features, begin = std::size_t{0}]() mutable {
            constexpr std::size_t of_a_chunk = 1'000;
            std::string chunk = bytes.substr(begin, of_a_chunk);
            begin += chunk.size();
            return chunk;
        };
    }
    std::vector<ShowId> show_ids(std::int64_t number) override {
        before_ids();
        std::vector<ShowId> ids;
        for (const ShowDetails& show : of(number).shows) {
            ids.push_back(show.id);
        }
        return ids;
    }
    void for_each_name_word(std::int64_t number, const std::function<void(const NameWord&)>& visit) override {
        ++names_read;
        for (const NameWord& word : of(number).words) {
            visit(word);
        }
    }
    void for_each_name(std::int64_t number,
                       const std::function<void(ShowId, std::string_view)>& visit) override {
        for (const ShowDetails& show : of(number).shows) {
            visit(show.id, show.name);
        }
    }
    void for_each_show(std::int64_t, const std::function<void(const ShowDetails&)>&) override {}
    void for_each_list(std::int64_t,
                       const std::function<void(ShowId, std::span<const Recommendation>)>&) override {}

    [[nodiscard]] ConnectionCount connections() const override { return {.in_use = 0, .idle = 1}; }

  private:
    void begin_read() {
        ++reads;
        if (unavailable) {
            throw Error(ErrorKind::unavailable, "the database is unavailable", "secret path");
        }
    }
    const Stored& of(std::int64_t number) {
        begin_read();
        const auto at = stored.find(number);
        if (at == stored.end()) {
            throw GenerationGone(number);
        }
        return at->second;
    }
};

// Generation 3 of two shows, without features: the list of show 1.
class SampleReader final : public InMemoryReader {
  public:
    SampleReader() {
        generation = Generation{.number = 3,
                                .computed_at = "2026-11-22T09:00:00Z",
                                .published_at = "2026-11-22T09:01:00Z",
                                .current = true,
                                .shows = 4,
                                .recommendations = 7,
                                .shows_with_recommendations = 3,
                                .ranking = {}};
        Stored& data = stored[3];
        data.shows = {{.id = ShowId{64},
                       .name = "Utopia \"é\"",
                       .genres = {"Drama", "Thriller"},
                       .summary = "<p>x</p>",
                       .type = "Scripted",
                       .language = "English",
                       .network = "Channel 4",
                       .premiered = "2013-01-15",
                       .rating = 8.3,
                       .status = "Ended",
                       .web_channel = "All 4",
                       .links = {.url = "https://x/64", .image_medium = "https://x/m", .imdb = "tt2384811"}},
                      {.id = ShowId{65}, .name = "Bare"}};
        data.lists[ShowId{1}] = {{ShowId{64}, 0.507, {1.0, 0.08, 0.67}}, {ShowId{65}, 0.25, {0, 0.5, 0}}};
    }
};

}  // namespace bingefriend
