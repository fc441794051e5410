// A published generation in memory, that can be made to fail or to wait.  For tests.
#pragma once

#include <atomic>
#include <functional>
#include <utility>

#include "domain/error.hpp"
#include "domain/published.hpp"

namespace bingefriend {

struct FakeDatabase {
    std::vector<RecommendedShow> list;  // of show 1
    std::optional<Generation> generation;
    std::atomic<bool> away = false;
    std::atomic<int> opened = 0;
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
        list.push_back({{ShowId{64}, 0.507, 1.0, 0.08, 0.67},
                        {.id = ShowId{64},
                         .name = "Utopia \"é\"",
                         .genres = {"Drama", "Thriller"},
                         .summary = "<p>x</p>",
                         .type = "Scripted",
                         .language = "English",
                         .network = "Channel 4",
                         .premiered = "2013-01-15",
                         .rating = 8.3}});
        list.push_back({{ShowId{65}, 0.25, 0, 0.5, 0}, {.id = ShowId{65}, .name = "Bare"}});
    }

    void require() const {
        if (away) {
            throw Error(ErrorKind::unavailable, "the database is away", "secret path");
        }
    }
};

class FakeReader final : public PublishedReader {
  public:
    explicit FakeReader(FakeDatabase& database) : database_(database) {
        database_.require();
        ++database_.opened;
    }

    std::optional<Generation> current() override {
        database_.require();
        return database_.generation;
    }
    std::vector<Generation> generations() override { return {}; }
    std::vector<RecommendedShow> recommendations(ShowId show, std::size_t n, double min_similarity) override {
        database_.before_answer();
        database_.require();
        std::vector<RecommendedShow> found;
        for (const RecommendedShow& r : database_.list) {
            if (show == ShowId{1} && found.size() < n && r.recommendation.score >= min_similarity) {
                found.push_back(r);
            }
        }
        return found;
    }
    std::optional<ShowFacts> show(ShowId) override { return {}; }
    std::vector<ShowFacts> shows_named(std::string_view, std::size_t) override { return {}; }
    void for_each_list(const std::function<void(ShowId, std::span<const Recommendation>)>&) override {}

  private:
    FakeDatabase& database_;
};

inline ReaderFactory readers_of(FakeDatabase& database) {
    return [&database] { return std::make_unique<FakeReader>(database); };
}

}  // namespace bingefriend
