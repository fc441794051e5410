// A published generation in memory, that can be made to fail or to wait.  For tests.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <utility>

#include "base/error.hpp"
#include "domain/published.hpp"
#include "domain/query.hpp"

namespace bingefriend {

struct FakeDatabase {
    struct Listed {
        Recommendation recommendation;
        ShowFacts facts;
    };
    std::vector<Listed> list;  // of show 1
    std::optional<Generation> generation;
    std::optional<ScoreSpread> spread;
    std::atomic<bool> away = false;
    std::atomic<int> opened = 0;
    std::atomic<int> looked_at_anew = 0;
    std::atomic<int> lists_read = 0;  // how often
    std::atomic<int> shows_read = 0;
    std::function<void()> before_answer = [] {};

    FakeDatabase() {
        generation = Generation{.number = 3,
                                .computed_at = "2026-11-22T09:00:00Z",
                                .published_at = "2026-11-22T09:01:00Z",
                                .current = true,
                                .shows = 4,
                                .recommendations = 7,
                                .shows_with_recommendations = 3,
                                .ranking = {}};
        list.push_back(
            {{ShowId{64}, 0.507, {1.0, 0.08, 0.67}},
             {.id = ShowId{64},
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
              .links = {.url = "https://x/64", .image_medium = "https://x/m", .imdb = "tt2384811"}}});
        list.push_back({{ShowId{65}, 0.25, {0, 0.5, 0}}, {.id = ShowId{65}, .name = "Bare"}});
    }

    void require() const {
        if (away) {
            throw Error(ErrorKind::unavailable, "the database is away", "secret path");
        }
    }
};

class FakeReader : public PublishedReader {
  public:
    explicit FakeReader(FakeDatabase& database) : database_(database) {
        database_.require();
        ++database_.opened;
    }

    std::optional<Generation> current() override {
        database_.require();
        return database_.generation;
    }
    std::optional<Generation> current_anew() override {
        ++database_.looked_at_anew;
        return current();
    }
    std::optional<ScoreSpread> spread() override { return database_.spread; }
    std::vector<Generation> generations() override { return {}; }
    std::vector<ExplainedList> lists(std::span<const ShowId> shows, std::size_t n) override {
        database_.before_answer();
        database_.require();
        ++database_.lists_read;
        std::vector<ExplainedList> lists;
        for (const ShowId show : shows) {
            lists.push_back({database_.generation ? database_.generation->number : 0, {}});
            for (const FakeDatabase::Listed& r : database_.list) {
                if (show == ShowId{1} && lists.back().entries.size() < n) {
                    lists.back().entries.push_back(r.recommendation);
                }
            }
        }
        return lists;
    }
    std::optional<ShowFacts> show(ShowId id) override {
        const std::vector<ShowFacts> found = shows(std::vector{id}, 3);
        return found.empty() ? std::nullopt : std::optional(found.front());
    }
    std::vector<ShowFacts> shows(std::span<const ShowId> ids, std::int64_t) override {
        database_.require();
        ++database_.shows_read;
        std::vector<ShowFacts> found;
        for (const FakeDatabase::Listed& r : database_.list) {
            if (std::find(ids.begin(), ids.end(), r.facts.id) != ids.end()) {
                found.push_back(r.facts);
            }
        }
        return found;
    }
    std::string packed_features(std::int64_t, std::int64_t) override { return {}; }
    std::vector<ShowId> show_ids(std::int64_t) override {
        std::vector<ShowId> ids;
        for (const FakeDatabase::Listed& r : database_.list) {
            ids.push_back(r.facts.id);
        }
        return ids;
    }
    void for_each_name_word(std::int64_t, const std::function<void(const NameWord&)>&) override {}
    void for_each_name(std::int64_t, const std::function<void(ShowId, std::string_view)>&) override {}
    void for_each_show(const std::function<void(const ShowFacts&)>&) override {}
    void for_each_list(const std::function<void(ShowId, std::span<const Recommendation>)>&) override {}

  private:
    FakeDatabase& database_;
};

// Keeps what it was asked and answers with the list of the database.
class FakeQueries final : public QueryAnswerer {
  public:
    void prepare(const Generation& generation, PublishedReader&) override {
        prepared = generation.number;
        prepared.notify_all();
    }
    QueryAnswer answer(const Query& query, PublishedReader& reader) override {
        asked = query;
        QueryAnswer answer{list_of(ShowId{1}, query.n, query.min_similarity, reader),
                           {ShowId{404}},
                           query.weights.value_or(default_weights)};
        explain(ShowId{1}, answer.list, reader);
        return answer;
    }
    void explain(ShowId, ExplainedList& list, PublishedReader&) override {
        list.reasons.assign(list.entries.size(), {.genres = {"Drama"},
                                                  .terms = {{"drug", 0.41239}},
                                                  .type = "Scripted",
                                                  .sentence = "Both are dramas."});
    }
    CatalogueOverview overview(PublishedReader&) override {
        return {.generation = 3, .shows = 4, .genres = {{"Drama", 3}}, .well_known = {ShowId{64}}};
    }
    std::vector<ShowFacts> search(std::string_view text, std::size_t limit,
                                  PublishedReader& reader) override {
        searched = text;
        const std::vector<ShowId> all = reader.show_ids(3);
        return reader.shows(std::span(all).first(std::min(limit, all.size())), 3);
    }
    PublishedIds ids(PublishedReader& reader) override {
        const auto all = std::make_shared<const std::vector<ShowId>>(reader.show_ids(3));
        return {3, *all, all};
    }

    std::atomic<std::int64_t> prepared = 0;
    Query asked;
    std::string searched;
};

inline ReaderFactory readers_of(FakeDatabase& database) {
    return [&database] { return std::make_unique<FakeReader>(database); };
}

}  // namespace bingefriend
