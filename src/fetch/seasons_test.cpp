#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/test_folder.hpp"
#include "fetch/fetch.hpp"
#include "net/fake_clock.hpp"
#include "net/test_server.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class SeasonSource : public testing::Test {
  protected:
    static Catalogue catalogue(int shows) {
        Catalogue catalogue;
        for (int id = 1; id <= shows; ++id) {
            catalogue.shows.push_back({.id = ShowId{id}, .name = "n", .updated = 5});
        }
        return catalogue;
    }
    FetchOptions options() {
        FetchOptions options;
        options.cache_dir = folder_.path();
        options.http.clock = clock_.clock();
        return options;
    }
    Seasons fetch(const Catalogue& shows) {
        (void)server_.targets();  // takes the server's lock after a change of what it answers from
        return fetch_seasons(server_.url() + "/", false, shows, options());
    }

    TestFolder folder_;
    FakeClock clock_;
    std::map<std::string, std::string> answers_{
        {"/shows/1/seasons",
         TestServer::response(200, R"([{"number":2,"summary":"second"},{"number":1,"summary":"first"}])")},
        {"/shows/2/seasons", TestServer::response(200, R"([{"number":1,"summary":null}])")},
        {"/shows/3/seasons", TestServer::response(404, "")},
        {"/shows/4/seasons", TestServer::response(500, "")},
        {"/shows/5/seasons", TestServer::response(200, R"([{"number":1,"summary":"five"}])")}};
    const TestServer server_{[this](const std::string& target, std::size_t) { return answers_.at(target); }};
};

TEST_F(SeasonSource, gives_the_summaries_that_there_are_and_counts_what_cannot_be_had) {
    const Seasons seasons = fetch(catalogue(5));
    EXPECT_THAT(seasons.summaries,
                ElementsAre(Pair(ShowId{1}, "first\nsecond\n"), Pair(ShowId{5}, "five\n")));
    EXPECT_EQ(seasons.missing, 2u);
    EXPECT_EQ(seasons.shows, 5u);
    EXPECT_EQ(seasons.stopped, "");
}

TEST_F(SeasonSource, is_asked_again_for_what_failed_and_what_changed_alone) {
    Catalogue shows = catalogue(5);
    (void)fetch(shows);
    const std::size_t before = server_.targets().size();
    answers_["/shows/4/seasons"] = answers_["/shows/5/seasons"];
    shows.shows[0].updated = 6;
    const Seasons seasons = fetch(shows);
    auto targets = server_.targets();
    targets.erase(targets.begin(), targets.begin() + static_cast<std::ptrdiff_t>(before));
    EXPECT_THAT(targets, testing::UnorderedElementsAre("/shows/1/seasons", "/shows/4/seasons"));
    EXPECT_EQ(seasons.cached, 3u);
    EXPECT_EQ(seasons.missing, 1u) << "3 is still unknown to the service";
    EXPECT_EQ(seasons.summaries.size(), 3u);
}

TEST_F(SeasonSource, that_is_down_is_not_asked_for_every_show) {
    const TestServer down([&](const std::string&, std::size_t) { return TestServer::response(503, ""); });
    FetchOptions once = options();
    once.http.retry.attempts = 1;
    const Seasons seasons = fetch_seasons(down.url(), false, catalogue(500), once);
    EXPECT_EQ(seasons.missing, 500u);
    EXPECT_THAT(seasons.stopped, HasSubstr("status 503"));
    EXPECT_LT(down.targets().size(), 20u);
}

TEST_F(SeasonSource, at_tvmaze_is_asked_no_more_often_than_it_allows) {
    const auto begin = clock_.now();
    FetchOptions slow = options();
    slow.tvmaze_calls = 2;
    slow.http.retry.attempts = 1;
    (void)fetch_seasons(server_.url(), true, catalogue(5), slow);
    EXPECT_GE(clock_.now() - begin, std::chrono::seconds(20)) << "5 calls, 2 in 10 s";
}

}  // namespace
}  // namespace bingefriend
