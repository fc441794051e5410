#include "fetch/show_service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "domain/error.hpp"
#include "net/test_server.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

HttpSettings without_pauses() {
    HttpSettings settings;
    settings.clock.sleep = [](std::chrono::milliseconds, const std::stop_token&) {};
    return settings;
}

std::size_t parameter(const std::string& target, const std::string& name) {
    return std::stoul(target.substr(target.find(name + '=') + name.size() + 1));
}

std::string page_of(std::size_t offset, std::size_t size) {
    std::string shows;
    for (std::size_t i = 0; i < size; ++i) {
        shows += (i == 0 ? "" : ",") +
                 ("{\"id\":" + std::to_string(offset + i + 1) + ",\"name\":\"n\",\"webchannel\":null}");
    }
    return TestServer::response(200, "{\"shows\":[" + shows + "],\"total\":" + std::to_string(size) +
                                         ",\"offset\":" + std::to_string(offset) + ",\"limit\":100}");
}

// A service with so many shows, as the original's upstream answers.
TestServer::Answer healthy(std::size_t shows) {
    return [shows](const std::string& target, std::size_t) {
        if (!target.starts_with("/api/get_shows_bulk?")) {
            return TestServer::response(404, "");
        }
        const std::size_t offset = parameter(target, "offset");
        return page_of(offset, offset >= shows ? 0 : std::min(parameter(target, "limit"), shows - offset));
    };
}

Ingest fetch(const std::string& url, const FetchOptions& options = {.batch_size = 100}) {
    return fetch_show_service(url, options, no_progress, without_pauses());
}

std::string message_of(const TestServer& server) {
    try {
        (void)fetch(server.url() + "/api");
        return "no error";
    } catch (const Error& error) {
        return error.what();
    }
}

TEST(ShowService, is_read_page_by_page_until_one_is_short) {
    const TestServer server(healthy(250));
    const Ingest ingest = fetch(server.url() + "/api/");
    EXPECT_EQ(ingest.catalogue.shows.size(), 250u);
    EXPECT_EQ(ingest.report.pages, 3u);
    EXPECT_THAT(server.targets(), ElementsAre("/api/get_shows_bulk?offset=0&limit=100",
                                              "/api/get_shows_bulk?offset=100&limit=100",
                                              "/api/get_shows_bulk?offset=200&limit=100"));
}

TEST(ShowService, is_found_below_api_where_the_base_has_none) {
    const TestServer server(healthy(30));
    EXPECT_EQ(fetch(server.url()).catalogue.shows.size(), 30u);
}

TEST(ShowService, ends_with_an_empty_page_where_the_last_was_full_but_is_asked_again) {
    const TestServer server(healthy(200));
    const Ingest ingest = fetch(server.url() + "/api");
    EXPECT_EQ(ingest.catalogue.shows.size(), 200u);
    EXPECT_EQ(server.targets().size(), 5u) << "two full pages and three times the empty one";
    EXPECT_THAT(ingest.report.warnings, ElementsAre(HasSubstr("offset 200")));
}

TEST(ShowService, is_asked_again_where_an_empty_page_hides_a_failing_database) {
    const TestServer server([answer = healthy(250)](const std::string& target, std::size_t number) {
        return number == 1 ? page_of(100, 0) : answer(target, number);
    });
    const Ingest ingest = fetch(server.url() + "/api");
    EXPECT_EQ(ingest.catalogue.shows.size(), 250u);
    EXPECT_EQ(ingest.report.retries, 1u);
}

TEST(ShowService, that_answers_an_empty_catalogue_is_an_error) {
    const TestServer server(healthy(0));
    EXPECT_THAT(message_of(server), HasSubstr("empty catalogue"));
}

TEST(ShowService, that_answers_html_or_half_a_page_is_asked_again_and_then_named) {
    const TestServer flaky([answer = healthy(50)](const std::string& target, std::size_t number) {
        return number == 0   ? TestServer::response(200, "<html>maintenance</html>")
               : number == 1 ? TestServer::response(200, "{\"shows\":[{\"id\":1,\"na")
                             : answer(target, number);
    });
    EXPECT_EQ(fetch(flaky.url() + "/api").catalogue.shows.size(), 50u);
    const TestServer broken(
        [](const std::string&, std::size_t) { return TestServer::response(200, "<html>"); });
    EXPECT_THAT(message_of(broken), HasSubstr("something else than a page of shows"));
}

TEST(ShowService, that_answers_404_or_a_redirect_is_named_with_its_status) {
    const TestServer server([](const std::string&, std::size_t) {
        return TestServer::response(302, "", "Location: https://elsewhere/\r\n");
    });
    EXPECT_THAT(message_of(server), HasSubstr("another host, https://elsewhere/"));
}

TEST(ShowService, tells_bad_shows_by_page_and_record) {
    const TestServer server([](const std::string&, std::size_t) {
        return TestServer::response(200, R"({"shows":[{"id":1,"name":"a"},{"id":2},7],"total":3})");
    });
    const Ingest ingest = fetch(server.url() + "/api");
    EXPECT_EQ(ingest.catalogue.shows.size(), 1u);
    ASSERT_EQ(ingest.report.examples.size(), 2u);
    EXPECT_EQ(ingest.report.examples[0].position, "offset 0, record 2");
    EXPECT_EQ(ingest.report.examples[1].reason, "not an object");
}

TEST(ShowService, is_asked_for_no_more_than_wanted) {
    const TestServer server(healthy(250));
    EXPECT_EQ(fetch(server.url() + "/api", {.max_shows = 120, .batch_size = 100}).catalogue.shows.size(),
              120u);
    EXPECT_EQ(server.targets().size(), 2u);
}

}  // namespace
}  // namespace bingefriend
