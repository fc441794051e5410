// The endpoints beyond the stored lists: what they ask for and how they tell it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "http/response_head.hpp"
#include "serve/fake_reader.hpp"
#include "serve/respond.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

class QueryApi : public testing::Test {
  protected:
    QueryApi() {
        ServeOptions options;
        options.queries = &queries_;
        service_ = std::make_unique<Service>(options, readers_of(database_));
    }
    Response ask(std::string_view target, std::string_view method = "GET", std::string_view body = {}) {
        const Request request{.method = method, .target = target, .body = body, .id = "r-1"};
        Response response = respond(*service_, request);
        finish(response, request, {});
        if (response.cached_body) {
            response.body = *response.cached_body;
        }
        return response;
    }
    Json json(std::string_view target) {
        const Response response = ask(target);
        EXPECT_EQ(response.status, 200u) << target << response.body;
        return Json::parse(response.body, nullptr, false);
    }
    std::string error(const Response& response) {
        EXPECT_EQ(response.status, 400u) << response.body;
        return Json::parse(response.body).value("error", "");
    }

    FakeDatabase database_;
    FakeQueries queries_;
    std::unique_ptr<Service> service_;
};

TEST_F(QueryApi, keeps_nothing_of_a_generation_that_is_no_longer_published) {
    (void)json("/shows/1/recommendations");
    EXPECT_EQ(service_->answers.count().entries, 1u);
    EXPECT_EQ(service_->shows.count().entries, 2u);
    database_.list[0].facts.name = "Restored from a backup";  // under the same number
    service_->forget();
    service_->prepare(*service_->publication.now());
    EXPECT_EQ(queries_.prepared, 3);
    EXPECT_EQ(service_->answers.count().bytes, 0u);
    EXPECT_EQ(json("/shows/1/recommendations")["recommendations"][0]["name"], "Restored from a backup");
}

TEST_F(QueryApi, asks_for_what_the_parameters_say) {
    (void)json(
        "/shows/1/recommendations?genre=Drama&genre=Crime%20%26%20Co&genre=&type=Scripted&language=Thai"
        "&network=HBO&status=Ended&min_rating=7.5&exclude=5,6&exclude=7&n=3&min_similarity=0.1"
        "&weights=text:3,genre:1");
    const Query& asked = queries_.asked;
    EXPECT_THAT(asked.likes, ElementsAre(ShowId{1}));
    EXPECT_THAT(asked.filter.genres, ElementsAre("Drama", "Crime & Co"));
    EXPECT_THAT(asked.filter.types, ElementsAre("Scripted"));
    EXPECT_THAT(asked.filter.languages, ElementsAre("Thai"));
    EXPECT_THAT(asked.filter.networks, ElementsAre("HBO"));
    EXPECT_THAT(asked.filter.statuses, ElementsAre("Ended"));
    EXPECT_EQ(asked.filter.min_rating, 7.5);
    EXPECT_THAT(asked.filter.exclude, ElementsAre(ShowId{5}, ShowId{6}, ShowId{7}));
    EXPECT_EQ(asked.n, 3u);
    EXPECT_EQ(asked.min_similarity, 0.1);
    EXPECT_EQ(asked.weights, (Weights{0.25, 0.75, 0}));
}

TEST_F(QueryApi, answers_a_plain_question_from_the_stored_list) {
    (void)json("/shows/1/recommendations?n=5&genre=&other=x");
    EXPECT_TRUE(queries_.asked.likes.empty());
}

TEST_F(QueryApi, mixes_shows) {
    const Json answer = json("/recommendations?like=1,2&like=3&unlike=9&n=1");
    EXPECT_THAT(queries_.asked.likes, ElementsAre(ShowId{1}, ShowId{2}, ShowId{3}));
    EXPECT_THAT(queries_.asked.dislikes, ElementsAre(ShowId{9}));
    EXPECT_EQ(answer["like"], Json({1, 2, 3}));
    EXPECT_EQ(answer["unlike"], Json({9}));
    EXPECT_EQ(answer["unknown"], Json({404}));
    EXPECT_EQ(answer["count"], 1);
    EXPECT_EQ(answer["weights"]["text"], 0.5);
    EXPECT_EQ(answer["recommendations"][0]["show_id"], 64);
    EXPECT_EQ(answer["recommendations"], json("/shows/1/recommendations?n=1")["recommendations"])
        << "told as in a list";
}

TEST_F(QueryApi, takes_a_show_or_a_text_from_elsewhere) {
    const std::string show = R"({"id":5,"name":"x","genres":["Drama"],"summary":"<p>s</p>","type":"Scripted",
        "language":null,"network":null,"webChannel":{"name":"Netflix"},"rating":{"average":7}})";
    const Response response = ask("/recommendations/similar?n=1&type=Scripted", "POST", show);
    EXPECT_EQ(response.status, 200u) << response.body;
    ASSERT_TRUE(queries_.asked.foreign.has_value());
    EXPECT_FALSE(queries_.asked.text_alone);
    EXPECT_THAT(queries_.asked.foreign->genres, ElementsAre("Drama"));
    EXPECT_EQ(queries_.asked.foreign->summary, "<p>s</p>");
    EXPECT_EQ(queries_.asked.foreign->type, "Scripted");
    EXPECT_EQ(queries_.asked.foreign->platform, "Netflix");
    EXPECT_THAT(queries_.asked.filter.types, ElementsAre("Scripted"));
    EXPECT_EQ(ask("/recommendations/similar", "POST", R"({"text":"robots"})").status, 200u);
    EXPECT_TRUE(queries_.asked.text_alone);
    EXPECT_EQ(queries_.asked.foreign->summary, "robots");
    EXPECT_EQ(ask("/recommendations/similar").status, 405u);
}

TEST_F(QueryApi, refuses_what_it_cannot_take_and_says_what_it_can) {
    for (const char* weights : {"", "genre", "genre:x", "genre:-1,text:1", "genre:1,genre:1", "other:1",
                                "text:nan", "genre:0,text:0", "text:1e9", "genre:1;text:2"}) {
        EXPECT_THAT(error(ask("/shows/1/recommendations?weights=" + std::string(weights))),
                    HasSubstr("genre:0.4,text:0.5,metadata:0.1"))
            << weights;
    }
    EXPECT_THAT(error(ask("/shows/1/recommendations?min_rating=11")), HasSubstr("between 0 and 10"));
    EXPECT_THAT(error(ask("/shows/1/recommendations?exclude=1,x")), HasSubstr("exclude"));
    EXPECT_THAT(error(ask("/recommendations")), HasSubstr("like"));
    EXPECT_THAT(error(ask("/recommendations?unlike=1")), HasSubstr("like"));
    std::string many = "/recommendations?like=1";
    for (int i = 2; i < 60; ++i) {
        many += "," + std::to_string(i);
    }
    EXPECT_THAT(error(ask(many)), HasSubstr("at most 50"));
    for (const char* body : {"", "[]", "{", "7", R"({"text":5})", R"({"genres":"Drama"})",
                             R"({"genres":[1]})", R"({"summary":[]})", R"({"network":{"name":1}})"}) {
        EXPECT_NE(error(ask("/recommendations/similar", "POST", body)), "") << body;
    }
}

TEST_F(QueryApi, tells_the_reasons_of_a_stored_list) {
    EXPECT_EQ(
        json("/shows/1/recommendations")["recommendations"][1]["reasons"],
        Json::parse(
            R"({"genres":["Drama"],"terms":[{"term":"drug","share":0.4124}],"network":null,"type":"Scripted",)"
            R"("language":null,"sentence":"Both are dramas."})"));
}

TEST_F(QueryApi, tells_the_catalogue_in_figures) {
    const Json catalogue = json("/catalogue");
    EXPECT_EQ(catalogue["shows"], 4);
    EXPECT_EQ(catalogue["genres"], Json::parse(R"([{"name":"Drama","shows":3}])"));
    EXPECT_EQ(catalogue["well_known"], Json::parse("[64]"));
    EXPECT_EQ(catalogue["weights"]["text"], 0.5);
}

TEST_F(QueryApi, tells_how_the_scores_are_spread_where_the_generation_carries_it) {
    EXPECT_EQ(ask("/recommendations/distribution").status, 404u);
    database_.spread = {.lists = 3, .recommendations = 7, .recommended_shows = 2, .mean_score = 0.25};
    database_.spread->score[12] = 7;
    database_.spread->parts[Part::metadata][49] = 1;
    const Json spread = json("/recommendations/distribution");
    EXPECT_EQ(spread["lists"], 3);
    EXPECT_EQ(spread["recommendations"], 7);
    EXPECT_EQ(spread["recommended_shows"], 2);
    EXPECT_EQ(spread["mean_score"], 0.25);
    ASSERT_EQ(spread["score"].size(), 50u);
    EXPECT_EQ(spread["score"][12], 7);
    EXPECT_EQ(spread["genre"][12], 0);
    EXPECT_EQ(spread["metadata"][49], 1);
}

TEST_F(QueryApi, tells_a_show_in_the_shape_of_the_show_service) {
    EXPECT_EQ(
        ask("/shows/64").body,
        R"({"id":64,"url":"https://x/64","name":"Utopia \"é\"","type":"Scripted","language":"English",)"
        R"("genres":["Drama","Thriller"],"status":"Ended","premiered":"2013-01-15","rating":{"average":8.3},)"
        R"("network":{"name":"Channel 4"},"webchannel":{"name":"All 4"},)"
        R"("externals":{"tvrage":null,"thetvdb":null,"imdb":"tt2384811"},)"
        R"("image":{"medium":"https://x/m","original":null},"summary":"<p>x</p>"})");
    EXPECT_EQ(json("/shows/65")["network"], nullptr);
    EXPECT_EQ(ask("/shows/66").status, 404u);
    EXPECT_EQ(ask("/shows/x").status, 400u);
}

TEST_F(QueryApi, searches_and_pages) {
    const Json found = json("/shows/search?q=uto%20pia&limit=1");
    EXPECT_EQ(queries_.searched, "uto pia");
    EXPECT_EQ(found["count"], 1);
    EXPECT_EQ(found["shows"][0]["id"], 64);
    for (const char* bad : {"", "?q=", "?q=x&limit=0", "?q=x&limit=51", "?q=x&limit=y"}) {
        EXPECT_EQ(ask("/shows/search" + std::string(bad)).status, 400u) << bad;
    }
    EXPECT_EQ(ask("/shows/search?q=" + std::string(201, 'x')).status, 400u);
    const Json page = json("/get_shows_bulk?offset=1&limit=1000");
    EXPECT_EQ(page["total"], 1);
    EXPECT_EQ(page["offset"], 1);
    EXPECT_EQ(page["limit"], 1000);
    EXPECT_EQ(page["shows"][0]["id"], 65);
    EXPECT_EQ(json("/api/get_shows_bulk?show_ids=64,3")["total"], 1);
    EXPECT_EQ(json("/get_shows_bulk?show_ids=65,64,65")["total"], 2) << "each once";
    EXPECT_EQ(json("/get_shows_bulk?show_ids=")["total"], 0);
    EXPECT_EQ(json("/get_shows_bulk?offset=2")["total"], 0);
    EXPECT_EQ(json("/get_shows_bulk?offset=1099511627776")["total"], 0);
    EXPECT_EQ(ask("/get_shows_bulk?limit=1001").status, 400u);
    EXPECT_EQ(ask("/get_shows_bulk?offset=-1").status, 400u);
    EXPECT_EQ(ask("/get_shows_bulk?show_ids=a").status, 400u);
}

TEST_F(QueryApi, answers_503_where_nothing_answers_questions) {
    service_ = std::make_unique<Service>(ServeOptions{}, readers_of(database_));
    EXPECT_EQ(ask("/recommendations?like=1").status, 503u);
}

}  // namespace
}  // namespace bingefriend
