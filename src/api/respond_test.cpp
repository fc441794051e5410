#include "api/answer_batch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "edition/in_memory_reader.hpp"
#include "http/response_head.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Api : public testing::Test {
  protected:
    Response ask(std::string_view target, std::string_view method = "GET") {
        return ask({.method = method, .target = target, .id = "r-1"});
    }
    Response ask(const Request& request) {
        Response response = respond(*service_, request);
        finish(response, request, {});
        if (response.cached_body) {
            response.body = *response.cached_body;
        }
        return response;
    }
    // As the watch does, a moment after something changed.
    void look_again() { service_->editions.look(); }
    void serve_with(ServeOptions options) {
        options.version = "1.2.3";
        service_ = std::make_unique<Service>(std::move(options), database_);
        look_again();  // as the server does before it accepts anybody
    }
    std::string header(const Response& response, const std::string& name) {
        const std::size_t at = response.headers.find(name + ": ");
        if (at == std::string::npos) {
            return {};
        }
        const std::size_t begin = at + name.size() + 2;
        return response.headers.substr(begin, response.headers.find("\r\n", begin) - begin);
    }
    Api() { serve_with({}); }
    std::string error(std::string_view target) {
        const Response response = ask(target);
        EXPECT_EQ(response.status, 400u) << target;
        return nlohmann::json::parse(response.body).value("error", "");
    }

    // Of requests that wait for the database at the same time.
    std::vector<Response> ask_together(const std::vector<std::string>& targets) {
        std::deque<Request> requests;
        std::deque<Exchange> exchanges;
        std::vector<Exchange*> waiting;
        for (const std::string& target : targets) {
            requests.push_back({.method = "GET", .target = target, .id = "r-1"});
            waiting.push_back(&exchanges.emplace_back(*service_, requests.back()));
            EXPECT_FALSE(waiting.back()->answer_at_once()) << target;
        }
        std::vector<Response> responses = *answers_from_database(*service_, waiting, Patience::may_wait);
        for (std::size_t i = 0; i < responses.size(); ++i) {
            finish(responses[i], requests[i], {});
        }
        return responses;
    }

    SampleReader database_;
    std::unique_ptr<Service> service_;
};

TEST_F(Api, reads_the_lists_of_requests_that_wait_together_at_once) {
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

TEST_F(Api, refuses_queries_that_cannot_be_parsed_without_reading_the_database) {
    const int reads = database_.reads;
    for (const char* target : {"/shows/1/recommendations?n=0", "/shows/one/recommendations", "/shows/x",
                               "/shows/search", "/get_shows_bulk?limit=0", "/recommendations"}) {
        EXPECT_EQ(ask(target).status, 400u) << target;
    }
    EXPECT_EQ(database_.reads, reads);
}

TEST_F(Api, answers_all_that_wait_together_if_the_database_fails_or_their_generation_is_deleted) {
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

TEST_F(Api, gives_the_recommendations_of_a_show_as_documented) {
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
        R"("last_computed":"2026-11-22T09:00:00Z"},"cached_shows":4,"weights":{"genre":0.4,"text":0.5,"metadata":0.1},"generation":3})");
    database_.generation.reset();
    look_again();
    EXPECT_THAT(ask("/api/recommendations/stats").body, HasSubstr(R"("total_records":0)"));
    EXPECT_THAT(ask("/api/recommendations/stats").body, HasSubstr(R"("last_computed":null)"));
}

TEST_F(Api, tells_the_truth_about_its_health) {
    EXPECT_EQ(ask("/recommendations/health").body,
              R"({"status":"healthy","service":"tv-recommender-service","version":"1.2.3"})");
    EXPECT_EQ(ask("/readyz").body, R"({"status":"ready"})");
    database_.generation.reset();
    look_again();
    EXPECT_EQ(ask("/recommendations/health").status, 503u);
    EXPECT_EQ(ask("/readyz").body, R"({"status":"not ready","reason":"nothing is published"})");
    database_.generation.emplace();
    database_.unavailable = true;
    look_again();
    const Response response = ask("/recommendations/health");
    EXPECT_EQ(response.status, 503u);
    EXPECT_THAT(response.body, HasSubstr("unhealthy"));
    EXPECT_THAT(response.body, Not(HasSubstr("secret")));
    EXPECT_EQ(ask("/readyz").status, 503u);
    EXPECT_EQ(ask("/livez").status, 200u);
}

TEST_F(Api, answers_500_to_what_nobody_foresaw_and_tells_nothing_of_it) {
    database_.before_lists = [] { throw std::runtime_error("secret"); };
    const Response response = ask("/shows/1/recommendations");
    EXPECT_EQ(response.status, 500u);
    EXPECT_EQ(response.body,
              R"({"error":"Internal server error","code":"internal_error","request_id":"r-1"})");
}

TEST_F(Api, serves_what_it_keeps_while_the_database_is_away_and_recovers_by_itself) {
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
    database_.unavailable = true;
    const Response refused = ask("/shows/1/recommendations?n=1");
    EXPECT_EQ(refused.status, 503u);
    EXPECT_EQ(refused.body,
              R"({"error":"The database cannot be used now","code":"unavailable","request_id":"r-1"})");
    EXPECT_EQ(header(refused, "Retry-After"), "5");
    look_again();
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
    EXPECT_EQ(ask("/recommendations/stats").status, 200u);
    const int reads = database_.reads;
    EXPECT_EQ(ask("/shows/1/recommendations?n=1").status, 503u);
    EXPECT_EQ(database_.reads, reads) << "an unavailable database is not read";
    database_.unavailable = false;
    look_again();
    EXPECT_EQ(ask("/shows/1/recommendations?n=1").status, 200u);
}

TEST_F(Api, does_not_ask_the_database_for_what_a_client_has) {
    const Response first = ask("/shows/1/recommendations");
    const std::string tag = header(first, "ETag");
    EXPECT_THAT(tag, testing::StartsWith("W/\"3-"));
    EXPECT_EQ(header(first, "Cache-Control"), "public, max-age=60");
    serve_with({.answer_cache_bytes = 0});
    database_.before_lists = [] { FAIL() << "the database was asked"; };
    for (const std::string& tags : {tag, "\"other\", " + tag, tag.substr(2)}) {
        const Response unchanged =
            ask({.method = "GET", .target = "/api/shows/1/recommendations", .if_none_match = tags});
        EXPECT_EQ(unchanged.status, 304u) << tags;
        EXPECT_EQ(unchanged.bytes(), "");
        EXPECT_EQ(header(unchanged, "ETag"), tag);
    }
}

TEST_F(Api, changes_its_tags_with_the_request_and_the_generation) {
    const std::string tag = header(ask("/shows/1/recommendations"), "ETag");
    EXPECT_NE(header(ask("/shows/1/recommendations?n=2"), "ETag"), tag);
    database_.publish_again(4);
    database_.current_data().lists[ShowId{1}].pop_back();
    look_again();
    const Response next = ask({.method = "GET", .target = "/shows/1/recommendations", .if_none_match = tag});
    EXPECT_EQ(next.status, 200u);
    EXPECT_THAT(next.body, HasSubstr("\"count\":1")) << "and nothing of the last one is kept";
    EXPECT_THAT(header(next, "ETag"), testing::StartsWith("W/\"4-"));
    EXPECT_EQ(header(ask("/shows/9/recommendations"), "ETag"), "");
}

TEST_F(Api, keeps_one_answer_however_it_is_asked_for) {
    const Response first = ask("/shows/1/recommendations?n=1&genre=&min_similarity=0.1");
    EXPECT_EQ(first.status, 200u);
    database_.unavailable = true;
    for (const char* same : {"/api/shows/1/recommendations?n=1&genre=&min_similarity=0.1",
                             "/shows/1/recommendations?min_similarity=0.1&n=1&genre",
                             "//shows/%31/recommendations/?other=x&n=1&genre=&N=2&min%5fsimilarity=0.1"}) {
        const Response again = ask(same);
        EXPECT_EQ(again.body, first.body) << same;
        EXPECT_EQ(header(again, "ETag"), header(first, "ETag")) << same;
    }
    for (const char* other :
         {"/shows/1/recommendations?n=1&genre=", "/shows/1/recommendations?n=1&genre=&min_similarity=0.2",
          "/shows/1/recommendations?n=1&genre=x&min_similarity=0.1"}) {
        EXPECT_EQ(ask(other).status, 503u) << other;
    }
}

TEST_F(Api, answers_from_its_edition_until_the_next_one_is_there_or_its_generation_is_deleted) {
    database_.publish_again(4);  // and the watcher has not looked yet
    database_.current_data().lists[ShowId{1}].pop_back();
    const Response before = ask("/shows/1/recommendations");
    EXPECT_THAT(header(before, "ETag"), testing::StartsWith("W/\"3-"));
    EXPECT_THAT(before.body, HasSubstr("\"count\":2"));
    database_.stored.erase(3);
    for (const char* target : {"/shows/1/recommendations?n=2", "/shows/64", "/shows/search?q=utopia"}) {
        EXPECT_THAT(header(ask(target), "ETag"), testing::StartsWith("W/\"4-")) << target;
    }
    EXPECT_THAT(ask("/shows/1/recommendations").body, HasSubstr("\"count\":1"));
}

TEST_F(Api, answers_503_if_its_generation_is_deleted_and_there_is_no_other) {
    database_.stored.clear();
    EXPECT_EQ(ask("/shows/1/recommendations").status, 503u);
}

TEST_F(Api, does_not_wait_for_the_next_edition_if_it_must_not) {
    database_.publish_again(4);
    database_.stored.erase(3);
    for (const std::string target : {"/shows/1/recommendations", "/shows/64"}) {
        const Request request{.method = "GET", .target = target, .id = "r-1"};
        Exchange exchange(*service_, request);
        Exchange* const waiting = &exchange;
        EXPECT_FALSE(exchange.answer_at_once());
        EXPECT_EQ(answers_from_database(*service_, {&waiting, 1}, Patience::must_not_wait), std::nullopt);
        EXPECT_EQ(service_->editions.current()->number(), 3);
    }
}

TEST_F(Api, compresses_large_answers_for_those_who_take_it) {
    database_.current_data().shows[0].summary = std::string(5'000, 'x');
    for (int i = 0; i < 2; ++i) {  // from the database, from the cache
        const Response small =
            ask({.method = "GET", .target = "/shows/1/recommendations", .accept_encoding = "br, gzip;q=0.5"});
        EXPECT_EQ(header(small, "Content-Encoding"), "gzip");
        EXPECT_LT(small.bytes().size(), 1'000u);
        EXPECT_THAT(header(small, "Vary"), HasSubstr("Accept-Encoding"));
        EXPECT_GT(ask("/shows/1/recommendations").bytes().size(), 5'000u);
    }
    EXPECT_FALSE(accepts_gzip("gzip;q=0"));
    EXPECT_FALSE(accepts_gzip("identity"));
    EXPECT_TRUE(accepts_gzip("*"));
    EXPECT_FALSE(accepts_gzip("*, gzip; q=0.000"));
    for (const char* takes :
         {"GZIP", "X-GZip", "br, Gzip;Q=0.1", "gzip ; q = 0.5", "gzip;x=y;q=1.000", "identity;q=0, *;q=0.1",
          "gzip;q=0.5, identity;q=0.5", "deflate, gzip;q=1.0, *;q=0.5", "gzip;q=0.0001"}) {
        EXPECT_TRUE(accepts_gzip(takes)) << takes;
    }
    for (const char* refuses :
         {"", ",", "GZIP;Q=0", "gzip;q=0.0, *", "*;q=0", "gzip;q=", "gzip;q=x", "gzip;q=-1", "gzip;q=2",
          "gzip;x=y;q=0", "gzip;q=0.5, identity", "br", "gzipped"}) {
        EXPECT_FALSE(accepts_gzip(refuses)) << refuses;
    }
}

TEST_F(Api, asks_for_the_key_where_it_has_one) {
    serve_with({.api_key = Secret("right")});
    for (const char* target : {"/recommendations/stats", "/api/metrics"}) {
        for (const char* key : {"", "wrong", "righ", "rightt", "rightright"}) {
            const Response refused = ask({.method = "GET", .target = target, .key = key});
            EXPECT_EQ(refused.status, 401u) << key;
            EXPECT_EQ(header(refused, "WWW-Authenticate"), "Bearer");
        }
        EXPECT_EQ(ask({.method = "GET", .target = target, .key = "right"}).status, 200u);
    }
    EXPECT_EQ(ask("/recommendations/health").status, 200u);
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
}

TEST_F(Api, answers_304_to_any_tag_where_there_is_an_answer) {
    for (const char* target : {"/shows/1/recommendations", "/openapi.json", "/"}) {
        for (const char* any : {"*", " * "}) {
            const Response unchanged = ask({.method = "GET", .target = target, .if_none_match = any});
            EXPECT_EQ(unchanged.status, 304u) << target;
            EXPECT_EQ(unchanged.bytes(), "") << target;
            EXPECT_EQ(header(unchanged, "ETag"), header(ask(target), "ETag")) << target;
        }
    }
    EXPECT_EQ(ask({.method = "GET", .target = "/shows/9/recommendations", .if_none_match = "*"}).status,
              404u);
    EXPECT_EQ(ask({.method = "GET", .target = "/shows/1/recommendations?n=0", .if_none_match = "*"}).status,
              400u);
}

TEST_F(Api, keeps_one_answer_for_each_question_however_it_is_spelt) {
    for (const char* same : {"", "?n=10", "?n=010&min_similarity=0.0", "?genre=", "?n=1&n=10&exclude="}) {
        EXPECT_EQ(ask("/shows/1/recommendations" + std::string(same)).status, 200u);
    }
    EXPECT_EQ(service_->editions.current()->answers().count().entries, 1u);
    EXPECT_EQ(service_->editions.current()->answers().count().hits, 4u);
    std::string many = "/shows/1/recommendations?n=10";
    for (int i = 0; i < 51; ++i) {
        many += "&genre=";
    }
    EXPECT_EQ(ask(many).status, 400u) << "refused, whatever the cache holds";
}

TEST_F(Api, keeps_what_needs_a_key_closed_beyond_loopback_where_none_is_set) {
    const auto status = [&](const char* host, bool admin_open) {
        serve_with({.http = {.host = host}, .admin_open = admin_open});
        std::set<unsigned> statuses;
        for (const Route& route : routes()) {
            if (route.needs_key) {
                statuses.insert(ask(route.path).status == 401 ? 401 : 200);
                statuses.insert(
                    ask({.method = "HEAD", .target = route.path, .key = "any"}).status == 401 ? 401 : 200);
            }
        }
        EXPECT_EQ(statuses.size(), 1u);
        EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
        EXPECT_EQ(ask("/readyz").status, 200u);
        return *statuses.begin();
    };
    for (const char* host : {"127.0.0.1", "127.1.2.3", "::1", "localhost", "::ffff:127.0.0.1"}) {
        EXPECT_EQ(status(host, false), 200u) << host;
    }
    for (const char* host : {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "2001:db8::1"}) {
        EXPECT_EQ(status(host, false), 401u) << host;
        EXPECT_EQ(status(host, true), 200u) << host;
    }
}

TEST_F(Api, lets_no_cache_keep_what_needs_a_key) {
    for (const char* api_key : {"right", ""}) {
        serve_with({.api_key = Secret(api_key)});
        for (const Route& route : routes()) {
            if (!route.needs_key) {
                continue;
            }
            for (const char* given : {api_key, "wrong"}) {
                const Response response =
                    ask({.method = "GET", .target = route.path, .if_none_match = "*", .key = given});
                EXPECT_NE(response.status, 304u) << route.path;
                EXPECT_EQ(header(response, "Cache-Control"), "private, no-store") << route.path;
                EXPECT_EQ(header(response, "ETag"), "") << route.path;
            }
        }
        EXPECT_EQ(service_->editions.current()->answers().count().entries, 0u);
    }
}

TEST_F(Api, tells_its_figures) {
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
    const std::string text = ask("/metrics").body;
    for (const char* line :
         {"bingefriend_generation 3\n", "bingefriend_database_up 1\n",
          "bingefriend_build_info{version=\"1.2.3\"} 1\n", "bingefriend_database_readers{state=\"idle\"} 1\n",
          "bingefriend_answer_cache_hits_total 1\n", "bingefriend_answer_cache_misses_total 1\n"}) {
        EXPECT_THAT(text, HasSubstr(line));
    }
}

TEST_F(Api, gives_its_contract_and_a_page_that_loads_nothing) {
    const Response document = ask("/openapi.json");
    EXPECT_EQ(nlohmann::json::parse(document.body)["openapi"], "3.1.0");
    EXPECT_EQ(
        ask({.method = "GET", .target = "/openapi.json", .if_none_match = header(document, "ETag")}).status,
        304u);
    const Response page = ask("/docs");
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    for (const char* loading : {"<script", "<link", "<img", "src=", "@import", "url("}) {
        EXPECT_THAT(page.body, Not(HasSubstr(loading)));
    }
}

std::vector<std::string> query_parameters(const nlohmann::json& document, const nlohmann::json& operation) {
    std::vector<std::string> names;
    for (const nlohmann::json& given : operation.value("parameters", nlohmann::json::array())) {
        const nlohmann::json& parameter =
            given.contains("$ref")
                ? document.at(nlohmann::json::json_pointer(given["$ref"].get<std::string>().substr(1)))
                : given;
        if (parameter["in"] == "query") {
            names.push_back(parameter["name"]);
        }
    }
    return names;
}

TEST_F(Api, is_the_one_that_its_contract_tells) {
    const nlohmann::json document = nlohmann::json::parse(ask("/openapi.json").body);
    std::set<std::string> told;
    for (const auto& [path, item] : document["paths"].items()) {
        for (const auto& [method, operation] : item.items()) {
            told.insert(method + " " + path + " " + operation["operationId"].get<std::string>());
            for (const auto& name : query_parameters(document, operation)) {
                told.insert(method + " " + path + " ?" + name);
            }
        }
    }
    std::set<std::string> there;
    for (const Route& route : routes()) {
        const std::string place = (route.method == "POST" ? "post " : "get ") + std::string(route.path) + " ";
        there.insert(place + std::string(route.operation));
        for (const std::string_view name : route.parameters) {
            there.insert(place + "?" + std::string(name));
        }
    }
    EXPECT_EQ(told, there);
}

TEST_F(Api, serves_a_page_that_may_run_and_load_nothing_of_others) {
    const Response page = ask("/");
    EXPECT_EQ(page.status, 200u);
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_THAT(page.headers, HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'; "));
    EXPECT_THAT(page.headers, HasSubstr("ETag: "));
    EXPECT_THAT(page.body, HasSubstr("assets/app.js"));
    for (const auto& [name, type] : {std::pair("app.js", "text/javascript; charset=utf-8"),
                                     std::pair("style.css", "text/css; charset=utf-8"),
                                     std::pair("icon.svg", "image/svg+xml; charset=utf-8")}) {
        EXPECT_EQ(ask("/assets/" + std::string(name)).content_type, type);
    }
    EXPECT_EQ(ask("/api/status").status, 200u);
    database_.unavailable = true;
    EXPECT_EQ(ask("/").status, 200u) << "the page says itself that the server is in trouble";
}

TEST_F(Api, knows_its_paths_and_methods) {
    for (const char* path :
         {"/assets", "/assets/x", "/shows", "/shows/1/recommendations/x", "/api/api/recommendations/stats"}) {
        EXPECT_EQ(ask(path).status, 404u) << path;
        EXPECT_EQ(ask(path).body, R"({"error":"Not found","code":"not_found","request_id":"r-1"})");
    }
    const Response post = ask("/recommendations/stats", "POST");
    EXPECT_EQ(post.status, 405u);
    EXPECT_EQ(header(post, "Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(ask("/recommendations/stats", "OPTIONS").status, 204u);
    EXPECT_EQ(ask("/shows/%zz/recommendations").status, 400u);
    EXPECT_EQ(ask("http://elsewhere/").status, 200u);
    EXPECT_EQ(ask("elsewhere").status, 400u);
    EXPECT_EQ(ask("*").status, 400u);
    EXPECT_EQ(ask("*", "OPTIONS").status, 204u);
    EXPECT_EQ(header(ask("*", "OPTIONS"), "Allow"), "GET, HEAD, POST, OPTIONS");
}

TEST_F(Api, answers_in_utf_8_whatever_the_database_holds) {
    database_.current_data().shows[0].name = "broken \xff";
    EXPECT_THAT(ask("/shows/1/recommendations").body, HasSubstr("broken \xef\xbf\xbd"));
}

}  // namespace
}  // namespace bingefriend
