// ETags, cached responses and compression.
#include <gmock/gmock.h>

#include <string>

#include "api/test_api.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Caching : public ApiTest {};

TEST_F(Caching, answers_304_without_reading_the_database) {
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

TEST_F(Caching, answers_304_to_any_tag_if_there_is_a_response) {
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

TEST_F(Caching, has_other_tags_for_another_request_or_generation) {
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

TEST_F(Caching, serves_one_response_to_all_spellings_of_a_target) {
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

TEST_F(Caching, stores_one_response_for_equal_queries) {
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

TEST_F(Caching, compresses_large_responses_for_clients_that_accept_gzip) {
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

}  // namespace
}  // namespace bingefriend
