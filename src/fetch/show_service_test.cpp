#include "fetch/fetch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>

#include "base/error.hpp"
#include "base/test_folder.hpp"
#include "net/fake_clock.hpp"
#include "net/test_server.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

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

class ShowService : public testing::Test {
  protected:
    FetchOptions options(std::size_t batch_size = 100) {
        FetchOptions options{.batch_size = batch_size};
        options.cache_dir = folder_.path();
        options.http.clock = clock_.clock();
        return options;
    }
    Ingest fetch(const TestServer& server, const FetchOptions& options) {
        return fetch_show_service(server.url() + "/api", options);
    }
    Ingest fetch(const TestServer& server) { return fetch(server, options()); }
    std::string message_of(const TestServer& server, const FetchOptions& options) {
        try {
            (void)fetch(server, options);
            return "no error";
        } catch (const Error& error) {
            return error.what();
        }
    }
    std::string message_of(const TestServer& server) { return message_of(server, options()); }

    TestFolder folder_;
    FakeClock clock_;
};

// How often a page was asked for.
std::size_t asked(const TestServer& server, std::size_t offset) {
    const auto targets = server.targets();
    return static_cast<std::size_t>(
        std::count(targets.begin(), targets.end(),
                   "/api/get_shows_bulk?offset=" + std::to_string(offset) + "&limit=100"));
}

TEST_F(ShowService, is_read_page_by_page_until_one_is_short) {
    const TestServer server(healthy(250));
    const Ingest ingest = fetch_show_service(server.url() + "/api/", options());
    EXPECT_EQ(ingest.catalogue.shows.size(), 250u);
    EXPECT_EQ(ingest.report.source, "show service " + server.url());
    EXPECT_EQ(ingest.report.pages, 3u);
    EXPECT_EQ(ingest.report.retries, 0u);
    for (const std::size_t offset : {0u, 100u, 200u}) {
        EXPECT_EQ(asked(server, offset), 1u);
    }
}

TEST_F(ShowService, is_found_below_api_where_the_base_has_none) {
    const TestServer server(healthy(230));
    EXPECT_EQ(fetch_show_service(server.url(), options()).catalogue.shows.size(), 230u);
    EXPECT_EQ(server.targets()[0], "/get_shows_bulk?offset=0&limit=100");
    EXPECT_TRUE(server.targets()[2].starts_with("/api/")) << "looked for once";
}

TEST_F(ShowService, ends_with_an_empty_page_where_the_last_was_full_but_is_asked_again) {
    const TestServer server(healthy(200));
    const Ingest ingest = fetch(server);
    EXPECT_EQ(ingest.catalogue.shows.size(), 200u);
    EXPECT_EQ(asked(server, 200), 3u);
    EXPECT_EQ(ingest.report.retries, 2u);
    EXPECT_THAT(ingest.report.warnings, ElementsAre(HasSubstr("offset 200")));
}

TEST_F(ShowService, is_asked_again_where_an_empty_page_hides_a_failing_database) {
    std::atomic<std::size_t> empty = 0;
    const TestServer server([&, answer = healthy(350)](const std::string& target, std::size_t number) {
        return target.find("offset=100&") != target.npos && ++empty < 4 ? page_of(100, 0)
                                                                        : answer(target, number);
    });
    const Ingest ingest = fetch(server);
    EXPECT_EQ(ingest.catalogue.shows.size(), 350u);
    EXPECT_EQ(ingest.report.pages, 4u);
}

TEST_F(ShowService, whose_page_stays_empty_or_short_before_one_with_shows_is_an_error) {
    for (const std::size_t size : {0u, 40u}) {
        const TestServer server([size, answer = healthy(350)](const std::string& target, std::size_t number) {
            return target.find("offset=100&") != target.npos ? page_of(100, size) : answer(target, number);
        });
        EXPECT_THAT(message_of(server),
                    AllOf(HasSubstr("the page at offset 100"), HasSubstr("a page after it has shows")));
    }
}

TEST_F(ShowService, whose_page_is_longer_than_asked_for_is_an_error) {
    const TestServer server(
        [](const std::string& target, std::size_t) { return page_of(parameter(target, "offset"), 130); });
    EXPECT_THAT(message_of(server), HasSubstr("a page of 130 shows where 100 were asked for"));
}

TEST_F(ShowService, that_answers_an_empty_catalogue_is_an_error) {
    const TestServer server(healthy(0));
    EXPECT_THAT(message_of(server), HasSubstr("empty catalogue"));
}

TEST_F(ShowService, that_answers_html_or_half_a_page_is_asked_again_and_then_named) {
    const TestServer flaky([answer = healthy(50)](const std::string& target, std::size_t number) {
        return number == 0   ? TestServer::response(200, "<html>maintenance</html>")
               : number == 1 ? TestServer::response(200, "{\"shows\":[{\"id\":1,\"na")
                             : answer(target, number);
    });
    EXPECT_EQ(fetch(flaky).catalogue.shows.size(), 50u);
    const TestServer broken(
        [](const std::string&, std::size_t) { return TestServer::response(200, "<html>"); });
    EXPECT_THAT(message_of(broken), HasSubstr("something else than that page of shows"));
}

TEST_F(ShowService, that_answers_404_or_a_redirect_is_named_with_its_status) {
    const TestServer redirecting([](const std::string&, std::size_t) {
        return TestServer::response(302, "", "Location: https://elsewhere/\r\n");
    });
    EXPECT_THAT(message_of(redirecting), HasSubstr("another host, https://elsewhere/"));
    const TestServer missing([](const std::string&, std::size_t) { return TestServer::response(404, ""); });
    EXPECT_THAT(message_of(missing), HasSubstr("status 404: check SHOW_SERVICE_URL"));
}

TEST_F(ShowService, tells_bad_shows_by_page_and_record) {
    const TestServer server([](const std::string& target, std::size_t) {
        return parameter(target, "offset") > 0
                   ? page_of(100, 0)
                   : TestServer::response(200, R"({"shows":[{"id":1,"name":"a"},{"id":2},7],"total":3})");
    });
    const Ingest ingest = fetch(server);
    EXPECT_EQ(ingest.catalogue.shows.size(), 1u);
    ASSERT_EQ(ingest.report.examples.size(), 2u);
    EXPECT_EQ(ingest.report.examples[0].position, "offset 0, record 2");
    EXPECT_EQ(ingest.report.examples[1].reason, "not an object");
}

TEST_F(ShowService, is_asked_for_no_more_than_wanted) {
    const TestServer server(healthy(950));
    FetchOptions some = options();
    some.max_shows = 120;
    EXPECT_EQ(fetch(server, some).catalogue.shows.size(), 120u);
    EXPECT_EQ(server.targets().size(), 2u);
}

TEST_F(ShowService, that_failed_is_asked_for_what_was_missing_alone) {
    std::atomic<bool> well = false;
    const TestServer server([&, answer = healthy(730)](const std::string& target, std::size_t number) {
        return !well && parameter(target, "offset") == 500 ? TestServer::response(500, "")
                                                           : answer(target, number);
    });
    EXPECT_THAT(message_of(server), HasSubstr("the page at offset 500"));
    well = true;
    const std::size_t before = server.targets().size();
    const Ingest ingest = fetch(server);
    EXPECT_EQ(ingest.catalogue.shows.size(), 730u);
    EXPECT_GE(ingest.report.kept_pages, 5u);
    const TestServer undisturbed(healthy(730));
    EXPECT_EQ(fetch_show_service(undisturbed.url(), options()).catalogue.shows, ingest.catalogue.shows);
    const auto targets = server.targets();
    for (auto target = targets.begin() + static_cast<std::ptrdiff_t>(before); target != targets.end();
         ++target) {
        EXPECT_GE(parameter(*target, "offset"), 500u);
    }
}

TEST_F(ShowService, is_read_anew_once_a_fetch_was_concluded_or_where_it_shall_be) {
    const TestServer server(healthy(230));
    (void)fetch(server);
    EXPECT_EQ(asked(server, 0), 1u);
    FetchOptions fresh = options();
    fresh.fresh = true;
    const Ingest ingest = fetch(server, fresh);
    EXPECT_EQ(ingest.report.kept_pages, 0u);
    EXPECT_EQ(asked(server, 0), 2u);
    EXPECT_EQ(fetch(server).report.kept_pages, 2u) << "not concluded";
    finish_fetch(options(), ingest.report);
    EXPECT_EQ(fetch(server).report.kept_pages, 0u);
    EXPECT_EQ(asked(server, 0), 3u);
}

TEST_F(ShowService, that_lost_more_than_a_tenth_of_its_shows_is_an_error_until_a_fresh_start) {
    std::atomic<std::size_t> shows = 250;
    const TestServer server(
        [&](const std::string& target, std::size_t number) { return healthy(shows)(target, number); });
    finish_fetch(options(), fetch(server).report);
    shows = 230;
    finish_fetch(options(), fetch(server).report);
    shows = 200;
    EXPECT_THAT(message_of(server), HasSubstr("it has 200 shows where the last fetch had 230"));
    FetchOptions some = options();
    some.max_shows = 10;
    EXPECT_EQ(message_of(server, some), "no error") << "a part was asked for";
    FetchOptions fresh = options();
    fresh.fresh = true;
    EXPECT_EQ(message_of(server, fresh), "no error");
}

TEST_F(ShowService, gives_the_newer_of_two_records_of_a_show_and_any_order) {
    const TestServer server([](const std::string& target, std::size_t) {
        const std::size_t offset = parameter(target, "offset");
        return offset > 2 ? page_of(offset, 0)
               : offset == 0
                   ? TestServer::response(200, R"({"shows":[{"id":9,"name":"nine","updated":2},
                                                            {"id":3,"name":"three","updated":2}]})")
                   : TestServer::response(200, R"({"shows":[{"id":3,"name":"older","updated":1}]})");
    });
    const Ingest ingest = fetch(server, options(2));
    ASSERT_EQ(ingest.catalogue.shows.size(), 2u);
    EXPECT_EQ(ingest.catalogue.shows[0].name, "three");
    EXPECT_EQ(ingest.report.duplicates, 1u);
}

TEST_F(ShowService, that_ignores_the_offset_is_an_error) {
    std::string shows;
    for (int id = 1; id <= 100; ++id) {
        shows += (id == 1 ? "" : ",") + ("{\"id\":" + std::to_string(id) + ",\"name\":\"n\"}");
    }
    const TestServer server([&](const std::string&, std::size_t) {
        return TestServer::response(200, "{\"shows\":[" + shows + "]}");
    });
    EXPECT_THAT(message_of(server, options()), HasSubstr("the catalogue does not end"));
}

}  // namespace
}  // namespace bingefriend
