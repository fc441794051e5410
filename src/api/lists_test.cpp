// The lists of shows, over the API.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "api/test_api.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Lists : public ApiTest {};

TEST_F(Lists, are_read_in_one_batch_for_requests_that_wait_together) {
    serve_with({.answer_cache_bytes = 0});
    const std::vector<std::string> targets = {
        "/shows/1/recommendations?n=1", "/shows/1/recommendations?min_similarity=0.5",
        "/shows/65/recommendations", "/shows/64", "/shows/1/recommendations"};
    const std::vector<Response> answers = ask_together(targets);
    EXPECT_EQ(database_.lists_read, 1);
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const Response alone = ask(targets[i]);
        EXPECT_EQ(answers[i].status, alone.status) << targets[i];
        EXPECT_EQ(answers[i].body, alone.body) << targets[i];
        EXPECT_EQ(answers[i].headers, alone.headers) << targets[i];
    }
    EXPECT_THAT(answers[0].body, HasSubstr("\"count\":1"));
    EXPECT_THAT(answers[1].body, HasSubstr("\"count\":1"));
    EXPECT_EQ(answers[2].status, 404u);
}

TEST_F(Lists, of_a_batch_survive_a_failure_and_a_deleted_generation) {
    serve_with({.answer_cache_bytes = 0});
    const std::vector<std::string> targets = {"/shows/1/recommendations", "/shows/65/recommendations"};
    const std::string before = header(ask_together(targets)[0], "ETag");
    database_.publish_again(4);
    database_.stored.erase(3);
    const std::vector<Response> after = ask_together(targets);
    EXPECT_THAT(header(after[0], "ETag"), HasSubstr("\"4-"));
    EXPECT_NE(header(after[0], "ETag"), before);
    EXPECT_EQ(after[1].status, 404u);
    database_.unavailable = true;
    for (const Response& answer : ask_together(targets)) {
        EXPECT_EQ(answer.status, 503u);
        EXPECT_THAT(answer.headers, HasSubstr("Retry-After"));
    }
}

TEST_F(Lists, have_the_documented_format) {
    const Response response = ask("/shows/1/recommendations");
    EXPECT_EQ(response.status, 200u);
    EXPECT_EQ(
        response.body,
        R"({"show_id":1,"count":2,"recommendations":[{"show_id":64,"name":"Utopia \"é\"","genres":["Drama","Thriller"],)"
        R"("summary":"<p>x</p>","rating":8.3,"type":"Scripted","language":"English","network":"Channel 4",)"
        R"("similarity_score":0.507,"genre_score":1.0,"text_score":0.08,"metadata_score":0.67,"web_channel":"All 4",)"
        R"("status":"Ended","premiered":"2013-01-15","url":"https://x/64","image":{"medium":"https://x/m","original":null},)"
        R"("externals":{"tvrage":null,"thetvdb":null,"imdb":"tt2384811"},"reasons":null},)"
        R"({"show_id":65,"name":"Bare","genres":[],"summary":null,"rating":null,"type":null,"language":null,"network":null,)"
        R"("similarity_score":0.25,"genre_score":0.0,"text_score":0.5,"metadata_score":0.0,"web_channel":null,)"
        R"("status":null,"premiered":null,"url":null,"image":null,)"
        R"("externals":{"tvrage":null,"thetvdb":null,"imdb":null},"reasons":null}]})");
    EXPECT_EQ(ask("/api/shows/1/recommendations").body, response.body);
    EXPECT_EQ(ask("/shows/1/recommendations/").body, response.body);
}

TEST_F(Lists, are_404_with_a_message_if_empty) {
    const Response response = ask("/shows/9/recommendations");
    EXPECT_EQ(response.status, 404u);
    EXPECT_EQ(response.body,
              R"({"show_id":9,"recommendations":[],"message":"No recommendations found for this show"})");
    EXPECT_EQ(ask("/shows/-4/recommendations").status, 404u);
    EXPECT_EQ(ask("/shows/1/recommendations?min_similarity=0.9").status, 404u);
}

TEST_F(Lists, take_n_and_min_similarity) {
    EXPECT_THAT(ask("/shows/1/recommendations?n=1").body, HasSubstr(R"("count":1)"));
    EXPECT_THAT(ask("/shows/1/recommendations?n=50&min_similarity=0.5").body, HasSubstr(R"("count":1)"));
    EXPECT_THAT(ask("/shows/1/recommendations?min_similarity=1e-1&other=x").body, HasSubstr(R"("count":2)"));
    EXPECT_THAT(ask("/shows/1/recommendations?n=abc&n=2").body, HasSubstr(R"("count":2)"))
        << "the last one counts";
}

TEST_F(Lists, refuse_invalid_parameters) {
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

TEST_F(Lists, refuse_invalid_queries_without_reading_the_database) {
    const int reads = database_.reads;
    for (const char* target : {"/shows/1/recommendations?n=0", "/shows/one/recommendations", "/shows/x",
                               "/shows/search", "/get_shows_bulk?limit=0", "/recommendations"}) {
        EXPECT_EQ(ask(target).status, 400u) << target;
    }
    EXPECT_EQ(database_.reads, reads);
}

TEST_F(Lists, are_utf_8_whatever_the_database_holds) {
    database_.current_data().shows[0].name = "broken \xff";
    EXPECT_THAT(ask("/shows/1/recommendations").body, HasSubstr("broken \xef\xbf\xbd"));
}

}  // namespace
}  // namespace bingefriend
