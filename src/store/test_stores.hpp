// A store on each kind of database, and what is published there.  For tests.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/test_folder.hpp"
#include "store/store.hpp"
#include "store/test_mariadb.hpp"

namespace bingefriend {

// A catalogue in which every show recommends the `length` next ones, with a score that tells the run.
struct Publication {
    Catalogue catalogue;
    RecommendationLists lists;
    RankingSettings ranking;
};

inline Publication run_of(std::size_t shows, std::size_t length, double score,
                          const std::string& name = "show") {
    Publication run;
    run.ranking.top_n = 20;
    for (std::size_t i = 0; i < shows; ++i) {
        Show show;
        show.id = ShowId{static_cast<std::int64_t>(10 * i + 1)};
        show.name = name + " " + std::to_string(i);
        run.lists.shows.push_back(show.id);
        run.catalogue.shows.push_back(std::move(show));
    }
    for (std::size_t i = 0; i < shows; ++i) {
        for (std::size_t k = 1; k <= length && i + k < shows; ++k) {
            run.lists.entries.push_back({run.catalogue.shows[i + k].id, score, {0.5, 0.25, 1.0 / 3}});
        }
        run.lists.start.push_back(run.lists.entries.size());
    }
    return run;
}

// Of the published generation.
inline std::vector<Recommendation> published_list(PublishedReader& reader, ShowId show, std::size_t n = 50,
                                                  double min_similarity = 0) {
    return read_list(reader, reader.current().value().number, show, n, min_similarity);
}
inline std::optional<ShowDetails> published_show(PublishedReader& reader, ShowId show) {
    const std::vector<ShowDetails> found = reader.shows(reader.current().value().number, std::vector{show});
    return found.empty() ? std::nullopt : std::optional(found.front());
}

enum class Kind { sqlite, mysql };

class OnEveryDatabase : public testing::TestWithParam<Kind> {
  protected:
    void SetUp() override {
        if (GetParam() == Kind::sqlite) {
            url_.place = folder_ / "some folder" / "test.db";
        } else {
            url_.place = TestMariadb::server().new_database();
        }
    }

    [[nodiscard]] std::unique_ptr<Store> open() const { return open_store(url_); }

    Generation publish(const Publication& run, std::size_t keep = 2) {
        return open()->publish(run.catalogue, run.lists, run.ranking,
                               {.computed_at = "2026-11-22T09:00:00Z", .keep_generations = keep},
                               no_progress);
    }

    std::vector<std::int64_t> numbers() {
        std::vector<std::int64_t> result;
        for (const Generation& g : open()->reader()->generations()) {
            result.push_back(g.number);
        }
        return result;
    }

    TestFolder folder_;
    DatabaseUrl url_;
};

inline const auto every_database = testing::Values(Kind::sqlite, Kind::mysql);

inline std::string name_of_database(const testing::TestParamInfo<Kind>& kind) {
    return kind.param == Kind::sqlite ? "sqlite" : "mariadb";
}

}  // namespace bingefriend
