#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <map>
#include <string>

#include "base/error.hpp"
#include "base/test_folder.hpp"
#include "fetch/fetch.hpp"
#include "net/fake_clock.hpp"
#include "net/test_server.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::Not;

// A TVmaze whose shows can be changed.
struct Maze {
    std::map<std::int64_t, std::int64_t> shows;  // id -> updated
    bool has_list = true;
    std::map<std::string, std::string> instead;  // target -> whole answer

    [[nodiscard]] std::string show(std::int64_t id) const {
        return "{\"id\":" + std::to_string(id) + ",\"name\":\"v" + std::to_string(shows.at(id)) +
               "\",\"updated\":" + std::to_string(shows.at(id)) + "}";
    }
    [[nodiscard]] std::string page(std::int64_t number) const {
        std::string text;
        for (auto at = shows.lower_bound(number * 250); at != shows.lower_bound(number * 250 + 250); ++at) {
            text += (text.empty() ? "" : ",") + show(at->first);
        }
        return shows.empty() || number > shows.rbegin()->first / 250
                   ? TestServer::response(404, "")
                   : TestServer::response(200, "[" + text + "]");
    }
    [[nodiscard]] std::string list() const {
        std::string text;
        for (const auto& [id, updated] : shows) {
            text += (text.empty() ? "\"" : ",\"") + std::to_string(id) + "\":" + std::to_string(updated);
        }
        return has_list ? TestServer::response(200, "{" + text + "}") : TestServer::response(404, "");
    }
    [[nodiscard]] std::string answer(const std::string& target) const {
        if (const auto at = instead.find(target); at != instead.end()) {
            return at->second;
        }
        if (target == "/updates/shows") {
            return list();
        }
        if (target.starts_with("/shows?page=")) {
            return page(std::stol(target.substr(12)));
        }
        const std::int64_t id = std::stol(target.substr(7));
        return shows.contains(id) ? TestServer::response(200, show(id)) : TestServer::response(404, "");
    }
};

class Tvmaze : public testing::Test {
  protected:
    Tvmaze() {
        for (std::int64_t id = 1; id <= 1'100; ++id) {
            maze_.shows[id] = 10;
        }
        // Page 2 is empty: its ids were deleted, or never given.
        maze_.shows.erase(maze_.shows.lower_bound(500), maze_.shows.lower_bound(750));
    }
    FetchOptions options() {
        FetchOptions options;
        options.cache_dir = folder_ / "kept";
        options.http.clock = clock_.clock();
        return options;
    }
    Ingest fetch(const FetchOptions& options) {
        const std::size_t before = server_.targets().size();
        Ingest ingest = fetch_tvmaze(server_.url() + "/", options);
        const auto targets = server_.targets();
        asked_.assign(targets.begin() + static_cast<std::ptrdiff_t>(before), targets.end());
        return ingest;
    }
    Ingest fetch() { return fetch(options()); }
    // What the server answers from may be changed between requests: its lock is taken before and after.
    Maze& change() {
        (void)server_.targets();
        return maze_;
    }
    Ingest whole() {
        (void)server_.targets();
        FetchOptions elsewhere = options();
        elsewhere.cache_dir = folder_ / "elsewhere";
        elsewhere.fresh = true;
        return fetch_tvmaze(server_.url(), elsewhere);
    }
    std::string message() { return message(options()); }
    std::string message(const FetchOptions& options) {
        try {
            (void)fetch(options);
            return "no error";
        } catch (const Error& error) {
            return error.what();
        }
    }

    TestFolder folder_;
    FakeClock clock_;
    Maze maze_;
    const TestServer server_{[this](const std::string& target, std::size_t) { return maze_.answer(target); }};
    std::vector<std::string> asked_;
};

TEST_F(Tvmaze, is_read_page_by_page_up_to_the_404_over_an_empty_page) {
    for (const bool has_list : {true, false}) {
        change().has_list = has_list;
        const Ingest ingest = fetch();
        EXPECT_EQ(ingest.catalogue.shows.size(), maze_.shows.size());
        EXPECT_EQ(ingest.report.source, "tvmaze " + server_.url());
        EXPECT_EQ(ingest.report.pages, 5u);
        EXPECT_THAT(asked_, testing::Contains("/shows?page=5"));
    }
}

TEST_F(Tvmaze, is_asked_for_nothing_but_the_list_and_the_end_where_nothing_changed) {
    const Ingest first = fetch();
    finish_fetch(options(), first.report);
    const Ingest second = fetch();
    EXPECT_EQ(second.catalogue.shows, first.catalogue.shows);
    EXPECT_THAT(asked_, testing::ElementsAre("/updates/shows", "/shows?page=5"));
    EXPECT_EQ(second.report.kept_pages, 5u);
}

TEST_F(Tvmaze, gives_after_changes_what_a_whole_fetch_would_give) {
    finish_fetch(options(), fetch().report);
    change().shows[3] = 20;                           // changed
    change().shows.erase(260);                        // deleted
    change().shows[555] = 20;                         // in the empty page
    change().shows[1'101] = 20;                       // in the last page
    change().shows[1'300] = maze_.shows[1'600] = 20;  // in new pages, with an empty one between
    const Ingest changed = fetch();
    EXPECT_EQ(changed.catalogue.shows, whole().catalogue.shows);
    EXPECT_EQ(changed.catalogue.shows.size(), maze_.shows.size());
    EXPECT_THAT(asked_, Not(testing::Contains("/shows?page=3"))) << "nothing changed there";
    finish_fetch(options(), changed.report);
    change().shows.erase(maze_.shows.lower_bound(1'250), maze_.shows.end());  // the last pages are gone
    EXPECT_EQ(fetch().catalogue.shows, whole().catalogue.shows);
}

TEST_F(Tvmaze, whose_pages_lag_behind_its_list_is_asked_again_the_next_time) {
    finish_fetch(options(), fetch().report);
    const std::string stale = maze_.page(0);
    change().shows[3] = 20;
    change().instead["/shows?page=0"] = stale;
    finish_fetch(options(), fetch().report);
    change().instead.clear();
    EXPECT_EQ(fetch().catalogue.shows, whole().catalogue.shows);
}

TEST_F(Tvmaze, gives_the_newest_shows_one_by_one_where_the_index_lacks_their_page) {
    const std::size_t before = maze_.shows.size();
    finish_fetch(options(), fetch().report);
    change().shows[1'251] = maze_.shows[1'260] = 30;
    change().instead["/shows?page=5"] = TestServer::response(404, "");
    EXPECT_EQ(fetch().catalogue.shows.size(), before + 2);
    EXPECT_THAT(asked_, testing::IsSupersetOf({"/shows/1251", "/shows/1260"}));
}

TEST_F(Tvmaze, that_ends_before_its_end_is_an_error) {
    change().instead["/shows?page=1"] = TestServer::response(404, "");
    EXPECT_THAT(message(), HasSubstr("page 1 was answered with status 404, though shows up to 1100 exist"));
    change().has_list = false;
    EXPECT_THAT(message(), HasSubstr("page 1 was answered with status 404, though there is a page after it"));
    change().instead["/shows?page=0"] = TestServer::response(404, "");
    FetchOptions fresh = options();
    fresh.fresh = true;
    EXPECT_THAT(message(fresh), HasSubstr("page 0 was answered with status 404"));
}

TEST_F(Tvmaze, whose_page_is_empty_against_its_list_is_an_error) {
    change().instead["/shows?page=1"] = TestServer::response(200, "[]");
    EXPECT_THAT(message(), HasSubstr("it answered an empty page (tried 5 times)"));
}

TEST_F(Tvmaze, with_an_id_that_no_show_can_have_is_refused_before_any_page) {
    for (const std::int64_t id : {std::int64_t{10'000'001}, std::int64_t{1'000'000'000'000},
                                  std::numeric_limits<std::int64_t>::max()}) {
        change().shows[id] = 5;
        EXPECT_THAT(message(), HasSubstr("it names show " + std::to_string(id)));
        EXPECT_THAT(asked_.size(), testing::Le(1u));
        change().shows.erase(id);
    }
}

TEST_F(Tvmaze, with_a_gap_in_its_ids_is_asked_for_no_page_within_it) {
    change().shows[9'000'000] = 5;
    EXPECT_EQ(fetch().catalogue.shows.size(), maze_.shows.size());
    EXPECT_THAT(asked_.size(), testing::Le(8u));
}

TEST_F(Tvmaze, that_never_answers_404_is_an_error) {
    const std::string page = maze_.page(0);
    for (const std::string& always :
         {page, TestServer::response(200, "[]"), TestServer::response(200, "[{}]")}) {
        std::atomic<std::size_t> asked = 0;  // counted on the server's threads
        const TestServer server([&](const std::string& target, std::size_t) {
            ++asked;
            return target == "/updates/shows" ? TestServer::response(404, "") : always;
        });
        FetchOptions fresh = options();
        fresh.fresh = true;
        try {
            (void)fetch_tvmaze(server.url(), fresh);
            FAIL();
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr("the catalogue does not end"));
            EXPECT_THAT(error.what(), HasSubstr("had no new show"));
        }
        EXPECT_LT(asked, 60u);
    }
}

TEST_F(Tvmaze, that_failed_is_asked_for_what_was_missing_alone) {
    for (const bool has_list : {true, false}) {
        change().has_list = has_list;
        change().instead["/shows?page=3"] = TestServer::response(500, "");
        EXPECT_THAT(message(), HasSubstr("cannot fetch page 3"));
        change().instead.clear();
        const Ingest resumed = fetch();
        EXPECT_EQ(resumed.catalogue.shows, whole().catalogue.shows);
        for (const char* page : {"0", "1", "2"}) {
            EXPECT_THAT(asked_, Not(testing::Contains(std::string("/shows?page=") + page)));
        }
        finish_fetch(options(), resumed.report);
    }
}

TEST_F(Tvmaze, is_asked_no_more_often_than_it_allows_even_by_one_start_after_another) {
    FetchOptions slow = options();
    slow.tvmaze_calls = 3;
    const auto begin = clock_.now();
    for (int start = 0; start < 3; ++start) {
        slow.fresh = true;
        (void)fetch(slow);  // 1 list, 4 pages, 1 end
    }
    EXPECT_GE(clock_.now() - begin, std::chrono::seconds(50)) << "18 calls, 3 in 10 s";
}

TEST_F(Tvmaze, waits_its_window_out_after_a_429) {
    int limited = 0;
    const TestServer server([&](const std::string& target, std::size_t) {
        return target == "/updates/shows" && limited++ == 0 ? TestServer::response(429, "")
                                                            : maze_.answer(target);
    });
    const auto begin = clock_.now();
    EXPECT_EQ(fetch_tvmaze(server.url(), options()).catalogue.shows.size(), maze_.shows.size());
    EXPECT_GE(clock_.now() - begin, std::chrono::seconds(10));
}

TEST_F(Tvmaze, is_read_no_further_than_wanted) {
    FetchOptions some = options();
    some.max_shows = 100;
    EXPECT_EQ(fetch(some).catalogue.shows.size(), 100u);
    EXPECT_THAT(asked_, testing::ElementsAre("/updates/shows", "/shows?page=0"));
}

}  // namespace
}  // namespace bingefriend
