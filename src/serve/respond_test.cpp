#include "serve/respond.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "serve/fake_reader.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Api : public testing::Test {
  protected:
    Response ask(std::string_view target, std::string_view method = "GET") {
        return respond({method, target, "", "r-1"}, source_, "1.2.3");
    }
    std::string error(std::string_view target) {
        const Response response = ask(target);
        EXPECT_EQ(response.status, 400u) << target;
        return nlohmann::json::parse(response.body).value("error", "");
    }

    FakeDatabase database_;
    ReaderSource source_{readers_of(database_)};
};

TEST_F(Api, gives_the_recommendations_of_a_show_as_documented) {
    const Response response = ask("/shows/1/recommendations");
    EXPECT_EQ(response.status, 200u);
    EXPECT_EQ(
        response.body,
        R"({"show_id":1,"count":2,"recommendations":[{"show_id":64,"name":"Utopia \"é\"","genres":["Drama","Thriller"],)"
        R"("summary":"<p>x</p>","rating":8.3,"type":"Scripted","language":"English","network":"Channel 4",)"
        R"("similarity_score":0.507,"genre_score":1.0,"text_score":0.08,"metadata_score":0.67},)"
        R"({"show_id":65,"name":"Bare","genres":[],"summary":null,"rating":null,"type":null,"language":null,"network":null,)"
        R"("similarity_score":0.25,"genre_score":0.0,"text_score":0.5,"metadata_score":0.0}]})");
    EXPECT_EQ(ask("/api/shows/1/recommendations").body, response.body);
    EXPECT_EQ(ask("/shows/1/recommendations/").body, response.body);
}

TEST_F(Api, answers_404_with_a_message_for_a_show_without_recommendations) {
    const Response response = ask("/shows/9/recommendations");
    EXPECT_EQ(response.status, 404u);
    EXPECT_EQ(response.body,
              R"({"show_id":9,"recommendations":[],"message":"No recommendations found for this show"})");
    EXPECT_EQ(ask("/shows/-4/recommendations").status, 404u);
    EXPECT_EQ(ask("/shows/1/recommendations?min_similarity=0.9").status, 404u);
}

TEST_F(Api, takes_n_and_min_similarity) {
    EXPECT_THAT(ask("/shows/1/recommendations?n=1").body, HasSubstr(R"("count":1)"));
    EXPECT_THAT(ask("/shows/1/recommendations?n=50&min_similarity=0.5").body, HasSubstr(R"("count":1)"));
    EXPECT_THAT(ask("/shows/1/recommendations?min_similarity=1e-1&other=x").body, HasSubstr(R"("count":2)"));
    EXPECT_THAT(ask("/shows/1/recommendations?n=abc&n=2").body, HasSubstr(R"("count":2)"))
        << "the last one counts";
}

TEST_F(Api, refuses_parameters_that_cannot_be_read_or_are_out_of_range) {
    for (const char* id : {"abc", "1x", "+1", "1.0", "%20", "99999999999999999999", "1%00"}) {
        EXPECT_EQ(error("/shows/" + std::string(id) + "/recommendations"), "show_id must be an integer")
            << id;
    }
    for (const char* n : {"0", "51", "-1", "abc", "5x", "1e1", "", "%35%20", "5.0", "+5"}) {
        EXPECT_EQ(error("/shows/1/recommendations?n=" + std::string(n)), "n must be between 1 and 50") << n;
    }
    for (const char* least : {"-0.1", "1.1", "nan", "inf", "abc", "", "0.5x", "0x1", "NAN", "-nan"}) {
        EXPECT_EQ(error("/shows/1/recommendations?min_similarity=" + std::string(least)),
                  "min_similarity must be between 0 and 1")
            << least;
    }
}

TEST_F(Api, tells_the_stats_of_the_published_generation) {
    EXPECT_EQ(
        ask("/recommendations/stats").body,
        R"({"similarity_stats":{"total_records":7,"unique_shows":3,"avg_similarities_per_show":2.33,)"
        R"("last_computed":"2026-11-22T09:00:00Z"},"cached_shows":4,"weights":{"genre":0.4,"text":0.5,"metadata":0.1}})");
    database_.generation.reset();
    EXPECT_THAT(ask("/api/recommendations/stats").body, HasSubstr(R"("total_records":0)"));
    EXPECT_THAT(ask("/api/recommendations/stats").body, HasSubstr(R"("last_computed":null)"));
}

TEST_F(Api, tells_the_truth_about_its_health) {
    EXPECT_EQ(ask("/recommendations/health").body,
              R"({"status":"healthy","service":"tv-recommender-service","version":"1.2.3"})");
    database_.generation.reset();
    EXPECT_EQ(ask("/recommendations/health").status, 503u);
    database_.generation.emplace();
    database_.away = true;
    const Response response = ask("/recommendations/health");
    EXPECT_EQ(response.status, 503u);
    EXPECT_THAT(response.body, HasSubstr("unhealthy"));
    EXPECT_THAT(response.body, Not(HasSubstr("secret")));
}

TEST_F(Api, answers_500_to_what_nobody_foresaw_and_tells_nothing_of_it) {
    database_.before_answer = [] { throw std::runtime_error("secret"); };
    const Response response = ask("/shows/1/recommendations");
    EXPECT_EQ(response.status, 500u);
    EXPECT_EQ(response.body,
              R"({"error":"Internal server error","code":"internal_error","request_id":"r-1"})");
}

TEST_F(Api, hides_the_cause_of_a_failure_and_recovers_by_itself) {
    database_.away = true;
    const Response response = ask("/shows/1/recommendations");
    EXPECT_EQ(response.status, 503u);
    EXPECT_EQ(response.body,
              R"({"error":"The database cannot be used now","code":"unavailable","request_id":"r-1"})");
    EXPECT_EQ(response.headers.at(0), (std::pair<std::string, std::string>("Retry-After", "5")));
    database_.away = false;
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
    database_.away = true;
    EXPECT_EQ(ask("/recommendations/stats").status, 503u);
    database_.away = false;
    EXPECT_EQ(ask("/recommendations/stats").status, 200u);
    EXPECT_EQ(database_.opened, 2) << "a reader that failed is opened anew";
}

TEST_F(Api, knows_its_paths_and_methods) {
    for (const char* path : {"/", "/shows", "/shows/1", "/shows/1/recommendations/x", "/recommendations",
                             "/api/api/recommendations/stats"}) {
        EXPECT_EQ(ask(path).status, 404u) << path;
        EXPECT_EQ(ask(path).body, R"({"error":"Not found","code":"not_found","request_id":"r-1"})");
    }
    const Response post = ask("/recommendations/stats", "POST");
    EXPECT_EQ(post.status, 405u);
    EXPECT_EQ(post.headers.at(0), (std::pair<std::string, std::string>("Allow", "GET, HEAD, OPTIONS")));
    EXPECT_EQ(ask("/recommendations/stats", "OPTIONS").status, 204u);
    EXPECT_EQ(ask("/shows/%zz/recommendations").status, 400u);
    EXPECT_EQ(ask("http://elsewhere/").status, 400u);
}

TEST_F(Api, answers_in_utf_8_whatever_the_database_holds) {
    database_.list[0].facts.name = "broken \xff";
    EXPECT_THAT(ask("/shows/1/recommendations").body, HasSubstr("broken \xef\xbf\xbd"));
}

}  // namespace
}  // namespace bingefriend
