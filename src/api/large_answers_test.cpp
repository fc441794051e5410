// Large responses are made and sent in pieces, in bounded memory.
#include <gmock/gmock.h>
#include <zlib.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "api/test_server.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::json;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::size_t shows_of_page = 300;
constexpr std::size_t bytes_of_summary = 64u << 10;
constexpr std::string_view large_page = "/get_shows_bulk?limit=300";
constexpr std::string_view end_of_chunks = "\r\n0\r\n\r\n";

std::string without_chunks(std::string_view body) {
    std::string text;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t bytes = std::stoul(std::string(body.substr(at, 16)), nullptr, 16);
        at = body.find("\r\n", at) + 2;
        text += body.substr(at, bytes);
        EXPECT_EQ(body.substr(at + bytes, 2), "\r\n");
        at += bytes + 2;
    }
    return text;
}

std::string unpacked_text(std::string_view bytes) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string text(2 * shows_of_page * bytes_of_summary, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    EXPECT_EQ(stream.avail_in, 0u);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    return text;
}

class LargeAnswers : public RunningServer {
  protected:
    LargeAnswers() {
        InMemoryReader::Stored& data = database_.current_data();
        data.shows.clear();
        for (std::size_t i = 0; i < shows_of_page; ++i) {
            const ShowId id{static_cast<std::int64_t>(1'000 + i)};
            const std::string summary(bytes_of_summary, static_cast<char>('a' + i % 26));
            data.shows.push_back({.id = id, .name = "x", .summary = summary});
        }
        data.lists[ShowId{1}].clear();
        for (const ShowDetails& show : data.shows) {
            data.lists[ShowId{1}].push_back({.show = show.id});
        }
    }
    ~LargeAnswers() override { stop(); }
    void expect_whole(const std::string& body) {
        const Json answer = Json::parse(body, nullptr, false);
        ASSERT_TRUE(answer.is_object()) << body.substr(0, 200);
        EXPECT_EQ(answer["total"], shows_of_page);
        ASSERT_EQ(answer["shows"].size(), shows_of_page);
        for (std::size_t i = 0; i < shows_of_page; ++i) {
            ASSERT_EQ(answer["shows"][i]["id"], to_number(database_.current_data().shows[i].id));
            ASSERT_EQ(answer["shows"][i]["summary"].get<std::string>(),
                      database_.current_data().shows[i].summary);
        }
    }
    std::string metrics() {
        Client client(server_->port());
        client.send(get("/metrics"));
        return client.answer();
    }
    // Clients that ask for the page and read only its beginning.
    void stall(std::size_t clients) {
        for (std::size_t i = 0; i < clients; ++i) {
            stalled_.push_back(std::make_unique<Client>(server_->port(), 4'096));
            stalled_.back()->send(get(std::string(large_page)));
            EXPECT_THAT(stalled_.back()->until("\r\n\r\n"), StartsWith("HTTP/1.1 200"));
        }
    }

    ServeOptions options_;
    std::vector<std::unique_ptr<Client>> stalled_;
};

TEST_F(LargeAnswers, come_in_chunks_and_the_connection_goes_on) {
    start(options_);
    Client client(server_->port());
    for (int i = 0; i < 2; ++i) {
        client.send(get(std::string(large_page)));
        const std::string head = client.until("\r\n\r\n");
        EXPECT_THAT(head, AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Transfer-Encoding: chunked\r\n"),
                                HasSubstr("ETag: W/"), Not(HasSubstr("Content-Length"))));
        expect_whole(without_chunks(client.until(end_of_chunks)));
    }
    client.send(get("/get_shows_bulk?limit=2") + get("/livez"));
    EXPECT_THAT(client.answer(), HasSubstr("Content-Length: "));
    EXPECT_THAT(client.answer(), HasSubstr("alive"));
}

TEST_F(LargeAnswers, come_without_chunks_for_http_1_0) {
    start(options_);
    Client client(server_->port());
    client.send("GET " + std::string(large_page) + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_THAT(client.until("\r\n\r\n"),
                AllOf(HasSubstr("Connection: close\r\n"), Not(HasSubstr("Transfer-Encoding")),
                      Not(HasSubstr("Content-Length"))));
    expect_whole(client.rest());
}

TEST_F(LargeAnswers, come_compressed_without_a_body_or_not_at_all_as_others_do) {
    start(options_);
    Client client(server_->port());
    client.send(get(std::string(large_page), "Accept-Encoding: gzip\r\n"));
    const std::string head = client.until("\r\n\r\n");
    EXPECT_THAT(head, HasSubstr("Content-Encoding: gzip\r\n"));
    expect_whole(unpacked_text(without_chunks(client.until(end_of_chunks))));
    const std::string tag = head.substr(head.find("ETag: ") + 6,
                                        head.find("\r\n", head.find("ETag: ")) - head.find("ETag: ") - 6);
    client.send(get(std::string(large_page), "If-None-Match: " + tag + "\r\n"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 304"));
    client.send("HEAD " + std::string(large_page) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.until("\r\n\r\n"), HasSubstr("Transfer-Encoding: chunked\r\n"));
    client.send(get("/livez"));
    EXPECT_THAT(client.answer(), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("alive")));
}

TEST_F(LargeAnswers, are_cut_off_if_they_cannot_be_completed) {
    for (const std::string version : {"1.1", "1.0"}) {
        start(options_);
        Client client(server_->port(), 4'096);
        client.send("GET " + std::string(large_page) + " HTTP/" + version + "\r\nHost: x\r\n\r\n");
        EXPECT_THAT(client.until("\r\n\r\n"), StartsWith("HTTP/1.1 200"));
        database_.unavailable = true;
        const std::string body = client.rest();
        EXPECT_LT(body.size(), shows_of_page * bytes_of_summary);
        EXPECT_THAT(body, Not(EndsWith(end_of_chunks)));
        EXPECT_THAT(body, Not(HasSubstr("\"total\"")));
        stop();
        database_.unavailable = false;
    }
}

TEST_F(LargeAnswers, share_a_limit_of_memory_and_leave_half_of_it_to_lists) {
    options_.response_bytes = 5u << 20;
    start(options_);
    stall(3);
    Client client(server_->port());
    for (const std::string& target : {std::string(large_page), std::string("/shows/search?q=x")}) {
        client.send(get(target));
        EXPECT_THAT(client.answer(), AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("Retry-After: 1\r\n")));
    }
    client.send(get("/shows/1/recommendations?n=2") + get("/readyz"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(metrics(), HasSubstr("bingefriend_response_memory_refused_total 2\n"));
    stalled_.clear();
    do {
        client.send(get("/shows/search?q=x"));
    } while (!client.answer().starts_with("HTTP/1.1 200"));
}

TEST_F(LargeAnswers, are_closed_to_slow_clients_if_others_need_the_memory) {
    options_.response_bytes = 5u << 20;
    start(options_);
    stall(3);
    Client client(server_->port());
    std::string answer;
    do {
        client.send(get("/shows/search?q=x"));
        answer = client.answer();
    } while (answer.starts_with("HTTP/1.1 503"));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
    std::size_t cut_off = 0;
    for (const auto& other : stalled_) {
        cut_off += other->until(end_of_chunks).ends_with(end_of_chunks) ? 0 : 1;
    }
    EXPECT_GE(cut_off, 1u);
    EXPECT_LT(cut_off, stalled_.size()) << "the others get their page";
}

TEST_F(LargeAnswers, count_nothing_once_they_are_sent) {
    options_.answer_cache_bytes = 0;
    start(options_);
    Client client(server_->port());
    client.send(get(std::string(large_page)));
    (void)client.until("\r\n\r\n");
    expect_whole(without_chunks(client.until(end_of_chunks)));
    client.send(get("/shows/1/recommendations"));
    (void)client.answer();
    client.send(get("/metrics"));
    EXPECT_THAT(client.answer(), HasSubstr("bingefriend_response_bytes_in_flight 0\n"));
}

}  // namespace
}  // namespace bingefriend
