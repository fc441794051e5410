// The endpoints beyond the stored lists: what they ask for and how they tell it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "api/answer_batch.hpp"
#include "api/parameters.hpp"
#include "edition/in_memory_reader.hpp"
#include "http/response_head.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

Catalogue dramas() {
    const auto show = [](std::int64_t id, const char* summary) {
        return Show{.id = ShowId{id},
                    .name = "Drama " + std::to_string(id),
                    .genres = {"Drama"},
                    .summary_text = summary,
                    .type = "Scripted",
                    .language = "English"};
    };
    Catalogue catalogue;
    catalogue.shows = {show(1, "dealers and detectives in the city"), show(2, "detectives of the city"),
                       show(3, "a cook in the city"), show(64, "dealers of the town")};
    catalogue.shows[2].genres = {"Comedy"};
    return catalogue;
}

class QueryApi : public testing::Test {
  protected:
    QueryApi() { database_.publish(3, dramas()); }
    Response ask(std::string_view target, std::string_view method = "GET", std::string_view body = {}) {
        const Request request{.method = method, .target = target, .body = body, .id = "r-1"};
        Response response = respond(service_, request);
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
    std::vector<int> shows_of(const Json& response) {
        std::vector<int> ids;
        for (const Json& entry : response["recommendations"]) {
            ids.push_back(entry["show_id"]);
        }
        return ids;
    }

    SampleReader database_;
    Service service_{ServeOptions{}, database_};
};

// Two shows and a list, and no features.
class StoredApi : public QueryApi {
  protected:
    StoredApi() {
        database_.generation->number = 4;
        database_.stored[4] = SampleReader().current_data();
    }
};

TEST_F(QueryApi, caches_nothing_of_a_generation_that_is_no_longer_published) {
    (void)json("/shows/1/recommendations");
    EXPECT_EQ(service_.editions.current()->answers().count().entries, 1u);
    EXPECT_NE(service_.shows.count().entries, 0u);
    for (ShowDetails& show : database_.current_data().shows) {
        show.name = "Restored from a backup";  // under the same number
    }
    database_.generation->published_at = "2026-11-29T09:01:00Z";
    service_.editions.look();
    EXPECT_EQ(service_.editions.current()->answers().count().bytes, 0u);
    EXPECT_EQ(service_.shows.count().entries, 0u);
    EXPECT_EQ(json("/shows/1/recommendations")["recommendations"][0]["name"], "Restored from a backup");
}

TEST(Parameters, become_a_query) {
    const Query query = query_in(*parse_target(
        "/shows/1/recommendations?genre=Drama&genre=Crime%20%26%20Co&genre=&type=Scripted&language=Thai"
        "&network=HBO&status=Ended&min_rating=7.5&exclude=5,6&exclude=7&n=3&min_similarity=0.1"
        "&weights=text:3,genre:1&diversity=0.3&max_per_franchise=2"));
    EXPECT_THAT(query.filter.genres, ElementsAre("Drama", "Crime & Co"));
    EXPECT_THAT(query.filter.types, ElementsAre("Scripted"));
    EXPECT_THAT(query.filter.languages, ElementsAre("Thai"));
    EXPECT_THAT(query.filter.networks, ElementsAre("HBO"));
    EXPECT_THAT(query.filter.statuses, ElementsAre("Ended"));
    EXPECT_EQ(query.filter.min_rating, 7.5);
    EXPECT_THAT(query.filter.exclude, ElementsAre(ShowId{5}, ShowId{6}, ShowId{7}));
    EXPECT_EQ(query.n, 3u);
    EXPECT_EQ(query.min_similarity, 0.1);
    EXPECT_EQ(query.weights, (Weights{0.25, 0.75, 0}));
    EXPECT_EQ(query.diversity, 0.3);
    EXPECT_EQ(query.max_per_franchise, 2u);
}

TEST_F(QueryApi, answers_with_filters_and_weights) {
    EXPECT_THAT(shows_of(json("/shows/1/recommendations?genre=Comedy")), ElementsAre(3));
    EXPECT_THAT(shows_of(json("/shows/1/recommendations?exclude=2,3&weights=genre:1")), ElementsAre(64));
}

TEST_F(QueryApi, answers_with_diversity_and_a_limit_per_franchise) {
    Catalogue catalogue = dramas();
    catalogue.shows[1].name = "Overlord";
    catalogue.shows[2].name = "Overlord II";
    database_.publish(4, catalogue);
    service_.editions.look();
    EXPECT_THAT(shows_of(json("/shows/1/recommendations")), ElementsAre(2, 64, 3));
    EXPECT_THAT(shows_of(json("/shows/1/recommendations?max_per_franchise=1")), ElementsAre(2, 64));
    EXPECT_THAT(shows_of(json("/shows/1/recommendations?max_per_franchise=2&min_similarity=0")),
                ElementsAre(2, 64, 3));
    EXPECT_THAT(shows_of(json("/shows/1/recommendations?diversity=1")), ElementsAre(2, 3, 64));
    EXPECT_THAT(shows_of(json("/recommendations?like=1&diversity=1")), ElementsAre(2, 3, 64));
    EXPECT_EQ(json("/shows/1/recommendations?diversity=0"), json("/shows/1/recommendations"));
    for (const char* bad : {"diversity=1.1", "diversity=x", "diversity=nan", "max_per_franchise=0",
                            "max_per_franchise=51", "max_per_franchise=x"}) {
        EXPECT_THAT(error(ask("/shows/1/recommendations?" + std::string(bad))), HasSubstr("must be between"))
            << bad;
    }
}

TEST_F(StoredApi, answers_a_plain_query_from_the_stored_list) {
    EXPECT_EQ(json("/shows/1/recommendations?n=5&genre=&other=x")["count"], 2);
    EXPECT_EQ(ask("/shows/1/recommendations?genre=Drama").status, 503u) << "needs features";
}

TEST_F(QueryApi, mixes_shows) {
    const Json mix = json("/recommendations?like=1,3&like=404&unlike=64&n=1");
    EXPECT_EQ(mix["like"], Json({1, 3, 404}));
    EXPECT_EQ(mix["unlike"], Json({64}));
    EXPECT_EQ(mix["unknown"], Json({404}));
    EXPECT_EQ(mix["count"], 1);
    EXPECT_EQ(mix["weights"]["text"], 0.5);
    EXPECT_THAT(shows_of(mix), ElementsAre(2));
    EXPECT_EQ(json("/recommendations?like=1&n=2")["recommendations"],
              json("/shows/1/recommendations?n=2")["recommendations"])
        << "the same as in a list";
}

TEST_F(QueryApi, takes_a_show_or_a_text_from_elsewhere) {
    const std::string show = R"({"id":5,"name":"x","genres":["Drama"],"summary":"<p>s</p>","type":"Scripted",
        "language":null,"network":null,"webChannel":{"name":"Netflix"},"rating":{"average":7}})";
    const GivenShow given = show_in(show);
    EXPECT_FALSE(given.text_alone);
    EXPECT_THAT(given.show.genres, ElementsAre("Drama"));
    EXPECT_EQ(given.show.summary, "<p>s</p>");
    EXPECT_EQ(given.show.type, "Scripted");
    EXPECT_EQ(given.show.platform, "Netflix");
    const Response response = ask("/recommendations/similar?n=1&genre=Comedy", "POST", show);
    EXPECT_EQ(response.status, 200u) << response.body;
    EXPECT_THAT(shows_of(Json::parse(response.body)), ElementsAre(3));
    const Response of_a_text = ask("/recommendations/similar", "POST", R"({"text":"a cook"})");
    EXPECT_EQ(of_a_text.status, 200u);
    EXPECT_EQ(Json::parse(of_a_text.body)["weights"]["text"], 1.0);
    EXPECT_TRUE(show_in(R"({"text":"robots"})").text_alone);
    EXPECT_EQ(show_in(R"({"text":"robots"})").show.summary, "robots");
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

TEST_F(QueryApi, shows_the_reasons_of_a_stored_list) {
    const Json reasons = json("/shows/1/recommendations")["recommendations"][0]["reasons"];
    EXPECT_EQ(reasons["genres"], Json({"Drama"}));
    EXPECT_EQ(reasons["type"], "Scripted");
    EXPECT_EQ(reasons["language"], "English");
    EXPECT_EQ(reasons["network"], nullptr);
    EXPECT_FALSE(reasons["terms"].empty());
    EXPECT_FALSE(reasons["sentence"].get<std::string>().empty());
}

TEST_F(QueryApi, leaves_the_reasons_out_if_the_list_is_of_another_database) {
    service_.editions.look();
    database_.current_data().lists[ShowId{1}].back().parts[Part::text] += 0.25;
    EXPECT_EQ(json("/shows/1/recommendations")["recommendations"][0]["reasons"], nullptr);
}

TEST_F(QueryApi, limits_the_html_tags_of_an_external_text) {
    const auto with_tags = [&](std::size_t n) {
        std::string text;
        for (std::size_t i = 0; i < n; ++i) {
            text += "<b>";
        }
        return ask("/recommendations/similar", "POST", Json{{"text", text + "a cook"}}.dump());
    };
    EXPECT_EQ(with_tags(5'000).status, 200u);
    EXPECT_THAT(error(with_tags(5'001)), HasSubstr("at most 5000 HTML tags"));
}

TEST_F(QueryApi, counts_the_catalogue) {
    const Json catalogue = json("/catalogue");
    EXPECT_EQ(catalogue["shows"], 4);
    EXPECT_EQ(catalogue["genres"],
              Json::parse(R"([{"name":"Drama","shows":3},{"name":"Comedy","shows":1}])"));
    EXPECT_EQ(catalogue["well_known"], Json({1, 3}));
    EXPECT_EQ(catalogue["weights"]["text"], 0.5);
}

TEST_F(QueryApi, shows_the_distribution_of_the_scores_if_it_is_stored) {
    EXPECT_EQ(ask("/recommendations/distribution").status, 404u);
    std::optional<ScoreSpread>& stored = database_.current_data().spread;
    stored = {.lists = 3, .recommendations = 7, .recommended_shows = 2, .mean_score = 0.25};
    stored->score[12] = 7;
    stored->parts[Part::metadata][49] = 1;
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

TEST_F(StoredApi, shows_a_show_as_the_show_service_does) {
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

TEST_F(StoredApi, searches_and_pages) {
    const Json found = json("/shows/search?q=%20uto%70ia&limit=1");
    EXPECT_EQ(found["q"], " utopia");
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

TEST_F(StoredApi, answers_503_to_queries_without_features) {
    for (const char* target : {"/recommendations?like=1", "/catalogue"}) {
        EXPECT_EQ(ask(target).status, 503u) << target;
    }
}

TEST_F(StoredApi, has_nothing_to_show_before_the_first_publication) {
    database_.generation.reset();
    EXPECT_EQ(ask("/shows/1/recommendations").status, 404u);
    EXPECT_EQ(ask("/shows/64").status, 404u);
    EXPECT_EQ(json("/shows/search?q=utopia")["count"], 0);
    EXPECT_EQ(json("/get_shows_bulk")["total"], 0);
    EXPECT_EQ(ask("/recommendations/distribution").status, 404u);
    for (const char* target : {"/recommendations?like=1", "/catalogue", "/readyz"}) {
        EXPECT_EQ(ask(target).status, 503u) << target;
    }
    database_.generation = SampleReader().generation;
    database_.stored[3] = database_.stored[4];
    service_.editions.look();
    EXPECT_EQ(json("/shows/1/recommendations")["count"], 2);
}

}  // namespace
}  // namespace bingefriend
