#include "azure/blob_container.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

#include "azure/blob_list.hpp"
#include "base/error.hpp"
#include "net/test_server.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// 2026-11-22T09:00:00Z
std::chrono::system_clock::time_point at_nine() {
    return std::chrono::system_clock::from_time_t(1'795'338'000);
}

BlobSettings quick() {
    BlobSettings settings;
    settings.http.clock = {at_nine, [](std::chrono::milliseconds, const std::stop_token&) {},
                           [] { return 0.5; }};
    return settings;
}

BlobContainer container_at(const std::string& url, const std::string& secret,
                           BlobSettings settings = quick()) {
    return {BlobAccount::parse("AccountName=a1;BlobEndpoint=" + url + ";" + secret), "shows",
            std::move(settings)};
}

BlobContainer::Source bytes(std::string text) {
    return [text = std::move(text), at = std::size_t{0}](std::span<char> buffer) mutable {
        const std::size_t got = std::min(buffer.size(), text.size() - at);
        std::copy_n(text.data() + at, got, buffer.data());
        at += got;
        return got;
    };
}

// The message of the error that the answer leads to.
std::string told(int status, const std::string& headers, const std::string& secret = "AccountKey=c2VjcmV0") {
    const TestServer server(
        [&](const std::string&, std::size_t) { return TestServer::response(status, "", headers); });
    try {
        (void)container_at(server.url(), secret).head("blob");
        return "no error";
    } catch (const Error& error) {
        return error.what();
    }
}

TEST(BlobContainer, tells_what_to_do_for_what_storage_refuses) {
    const std::string failed = "x-ms-error-code: AuthenticationFailed\r\n";
    EXPECT_THAT(told(403, failed + "Date: Sun, 22 Nov 2026 09:40:00 GMT\r\n"),
                HasSubstr("this machine's clock is 40 minutes behind that of storage: set the clock"));
    EXPECT_THAT(told(403, failed + "Date: Sun, 22 Nov 2026 09:01:00 GMT\r\n"),
                HasSubstr("does not accept the key"));
    EXPECT_THAT(told(403, failed, "SharedAccessSignature=se=2026-11-22T08%3A59%3A59Z&sig=hunter2"),
                AllOf(HasSubstr("ended at 2026-11-22T08:59:59Z: make a new one"), Not(HasSubstr("hunter2"))));
    EXPECT_THAT(told(403, failed, "SharedAccessSignature=se=2026-12-22&st=2026-11-23&sig=hunter2"),
                HasSubstr("begins at 2026-11-23 only"));
    EXPECT_THAT(told(403, "x-ms-error-code: AuthorizationPermissionMismatch\r\n",
                     "SharedAccessSignature=se=2026-12-22&sig=hunter2"),
                HasSubstr("lacks a right"));
    EXPECT_THAT(told(404, "x-ms-error-code: ContainerNotFound\r\n"), HasSubstr("STORAGE_CONTAINER_NAME"));
    EXPECT_THAT(told(409, "x-ms-error-code: ContainerBeingDeleted\r\n"), HasSubstr("wait a minute"));
    EXPECT_THAT(told(412, "x-ms-error-code: LeaseIdMissing\r\n"), HasSubstr("lease"));
    EXPECT_THAT(told(412, "x-ms-error-code: ConditionNotMet\r\n"), HasSubstr("run again"));
    EXPECT_THAT(told(400, "x-ms-error-code: InvalidUri\r\n"), HasSubstr("status 400 (InvalidUri)"));
    EXPECT_THAT(told(400, "x-ms-error-code: <script>\r\n"), Not(HasSubstr("script")));
}

TEST(BlobContainer, opens_storage_with_the_token_of_the_managed_identity) {
    const TestServer metadata([](const std::string&, std::size_t) {
        return TestServer::response(200, R"({"access_token": "token", "expires_on": "1795341600"})");
    });
    const TestServer storage([](const std::string&, std::size_t) { return TestServer::response(201, ""); });
    BlobSettings settings = quick();
    settings.identity.metadata_host = metadata.url();
    settings.identity.client_id = "an id";
    BlobContainer container = container_at(storage.url(), "", settings);
    container.put("one", bytes("1"));
    container.put("two", bytes("2"));
    ASSERT_EQ(metadata.requests().size(), 1u) << "the token is good for an hour";
    EXPECT_THAT(metadata.requests()[0],
                AllOf(StartsWith("GET /metadata/identity/oauth2/token?api-version=2018-02-01&"
                                 "resource=https%3A%2F%2Fstorage.azure.com%2F&client_id=an%20id "),
                      HasSubstr("\r\nMetadata: true\r\n")));
    EXPECT_THAT(storage.requests()[1], HasSubstr("\r\nauthorization: Bearer token\r\n"));
}

TEST(BlobContainer, says_what_to_do_where_the_machine_has_no_identity) {
    const TestServer metadata([](const std::string&, std::size_t) {
        return TestServer::response(400, R"({"error": "invalid_request", "error_description": "x"})");
    });
    BlobSettings settings = quick();
    settings.identity.metadata_host = metadata.url();
    try {
        (void)container_at("http://127.0.0.1:1", "", settings).head("blob");
        FAIL();
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), AllOf(HasSubstr("status 400 (invalid_request)"), HasSubstr("AccountKey")));
    }
}

TEST(BlobContainer, refuses_a_piece_that_was_not_asked_for) {
    const TestServer server([](const std::string&, std::size_t) {
        return TestServer::response(206, "abc", "Content-Range: bytes 5-7/100\r\nETag: \"1\"\r\n");
    });
    EXPECT_THROW((void)container_at(server.url(), "AccountKey=c2VjcmV0").get("blob", [](std::string_view) {}),
                 Error);
}

TEST(BlobContainer, refuses_names_that_no_container_has) {
    for (const char* name : {"", "ab", "Shows", "a_b", "-ab", "ab-", "a--b", "../x"}) {
        EXPECT_THROW((void)BlobContainer(BlobAccount::parse("UseDevelopmentStorage=true"), name), Error)
            << name;
    }
}

TEST(BlobPage, gives_names_sizes_and_where_the_next_page_begins) {
    const BlobPage page = parse_blob_page(
        "\xEF\xBB\xBF<?xml version=\"1.0\"?><EnumerationResults><Blobs><Blob><Name>a &amp; "
        "b</Name><Properties>"
        "<Content-Length>12</Content-Length><Etag>0x1</Etag></Properties></Blob></Blobs>"
        "<NextMarker>n</NextMarker></EnumerationResults>",
        "here");
    ASSERT_EQ(page.blobs.size(), 1u);
    EXPECT_EQ(page.blobs[0].name, "a & b");
    EXPECT_EQ(page.blobs[0].size, 12u);
    EXPECT_EQ(page.next_marker, "n");
    EXPECT_THROW((void)parse_blob_page("<html><p>Sign in", "here"), Error);
    EXPECT_THROW((void)parse_blob_page("", "here"), Error);
}

// Against a real service; tests/blob_test.py starts one.
class RealStorage : public testing::Test {
  protected:
    void SetUp() override {
        const char* const text = std::getenv("BINGEFRIEND_TEST_STORAGE");
        if (text == nullptr) {
            GTEST_SKIP() << "BINGEFRIEND_TEST_STORAGE names no service";
        }
        BlobSettings settings;
        settings.chunk_bytes = 1'000;
        settings.page_blobs = 2;
        container = std::make_unique<BlobContainer>(BlobAccount::parse(text), "real-storage", settings);
        container->create();
    }
    std::optional<std::string> content(const std::string& blob) {
        std::string text;
        const auto found = container->get(blob, [&](std::string_view piece) { text += piece; });
        EXPECT_TRUE(!found || found->size == text.size());
        return found ? std::optional(text) : std::nullopt;
    }
    std::unique_ptr<BlobContainer> container;
};

TEST_F(RealStorage, gives_back_blobs_of_every_size_around_a_chunk) {
    for (const std::size_t size : {0u, 1u, 999u, 1'000u, 1'001u, 2'000u, 5'500u}) {
        std::string text(size, '\0');
        std::generate(text.begin(), text.end(), [i = 0]() mutable { return static_cast<char>(i++ * 7 / 3); });
        container->put("sizes", bytes(text));
        EXPECT_EQ(content("sizes"), text) << size;
        EXPECT_EQ(container->head("sizes")->size, size);
    }
}

TEST_F(RealStorage, takes_names_with_any_characters) {
    for (const char* name : {"a b+c%20&d=e", "名探偵/è", "quote'\"", "(x)!*~"}) {
        container->put(name, bytes(name));
        EXPECT_EQ(content(name), name);
        EXPECT_TRUE(container->remove(name));
        EXPECT_FALSE(container->remove(name));
        EXPECT_EQ(content(name), std::nullopt);
    }
}

TEST_F(RealStorage, lists_page_by_page_what_begins_with_the_prefix) {
    for (const char* name : {"list/e", "list/a", "list/d/x", "list/b", "list/c", "listless"}) {
        container->put(name, bytes("12345"));
    }
    std::vector<std::string> names;
    for (const BlobProperties& blob : container->list("list/")) {
        names.push_back(blob.name);
        EXPECT_EQ(blob.size, 5u);
    }
    EXPECT_THAT(names, testing::ElementsAre("list/a", "list/b", "list/c", "list/d/x", "list/e"));
}

TEST_F(RealStorage, writes_under_a_condition_only_where_it_holds) {
    container->remove("condition");
    EXPECT_FALSE(container->put_if("condition", "0", {.etag = "\"0x8D00000000000\""}));
    EXPECT_TRUE(container->put_if("condition", "1", {.absent = true}));
    EXPECT_FALSE(container->put_if("condition", "2", {.absent = true}));
    const std::string etag = container->head("condition")->etag;
    EXPECT_TRUE(container->put_if("condition", "3", {.etag = etag}));
    EXPECT_FALSE(container->put_if("condition", "4", {.etag = etag}));
    EXPECT_EQ(content("condition"), "3");
    container->copy("condition", "copy of it");
    EXPECT_EQ(content("copy of it"), "3");
}

}  // namespace
}  // namespace bingefriend
