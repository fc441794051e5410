// HTTP and HTTPS requests with limits, timeouts, retries and rate limits.
//
//   HttpClient client({.retry = {.attempts = 3}});
//   const HttpResponse page = client.get("https://host/shows?page=0");       // the body in memory
//   client.send({.url = url, .method = "PUT", .headers = {"x-ms-blob-type: BlockBlob"},
//                .upload = {size, [&](std::uint64_t offset, std::span<char> buffer) { ... }}});
//   client.send({.url = url, .receive = [&](std::uint64_t offset, std::string_view bytes) { ... }});
//
// Other public headers: retry_policy.hpp (when to retry), rate_limit.hpp (calls per period, across restarts),
// in_order.hpp (several requests in flight, results in order), clock.hpp (time and randomness, which tests
// replace).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/shown_url.hpp"  // how messages show URLs
#include "net/clock.hpp"
#include "net/rate_limit.hpp"
#include "net/retry_policy.hpp"

namespace bingefriend {

struct HttpResponse {
    long status = 0;
    std::string body;                            // empty if the request has a receiver and the status is 2xx
    std::map<std::string, std::string> headers;  // names in lower case; the last of equal names
    std::size_t retries = 0;                     // failed attempts before this one

    // Returns the value of a header, empty if there is none. REQUIRES: `name` in lower case.
    [[nodiscard]] std::string header(const std::string& name) const;
};

// A body to send, read in chunks. A retry reads it again from offset 0.
struct HttpUpload {
    std::uint64_t size = 0;
    // Fills the buffer from `offset` on and returns the number of bytes; 0 before the end is an error.
    std::function<std::size_t(std::uint64_t offset, std::span<char> buffer)> read;

    // REQUIRES: `bytes` outlives the request.
    [[nodiscard]] static HttpUpload of(std::string_view bytes);
};

struct HttpRequest {
    std::string url;
    std::string method = "GET";
    std::vector<std::string> headers;  // "Name: value"
    std::optional<HttpUpload> upload;  // sent with Content-Length, even if that is 0

    // Receives the body of a 2xx response in chunks, with the offset of each, instead of HttpResponse::body.
    // Offset 0 starts over: an attempt may fail and be retried. Called at least once. `max_body_bytes`
    // applies.
    std::function<void(std::uint64_t offset, std::string_view bytes)> receive;

    // Validates a 200 response: error text (retry) or empty (accept).
    std::function<std::string(HttpResponse&)> validate;

    std::string subject;  // for messages: "the page at offset 1000"
};

struct HttpSettings {
    std::uint64_t max_body_bytes = std::uint64_t{256} << 20;  // decompressed
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds stall_timeout{30'000};   // without a byte in either direction
    std::chrono::milliseconds total_timeout{300'000};  // per attempt
    RetryPolicy retry;
    RateLimit* rate_limit = nullptr;  // limits attempts of all clients that share it; outlives them
    Clock clock = real_clock();
    std::string ca_file;   // PEM file of trusted certificates; empty: the system's
    std::stop_token stop;  // ends every request at once with Interrupted
};

// One thread at a time. Keeps connections open between requests.
class HttpClient {
  public:
    // If `stop` is requested, a request in flight ends at once with an error; for HttpSettings::stop, with
    // Interrupted.
    explicit HttpClient(HttpSettings settings = {}, std::stop_token stop = {});
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient();

    // Retries with growing pauses if the connection fails or times out, for 429 and 5xx, and if `validate`
    // returns an error. It never retries before Retry-After has passed, nor after a 429 before the period of
    // the rate limit has. Other statuses are returned at once. GET and HEAD follow redirects within the same
    // host and port, and from http to https on the default ports; any other redirect is an error.
    // Decompresses gzip, deflate, br and zstd. Throws Error{unavailable} with the cause of the last failure,
    // and what the callbacks throw.
    [[nodiscard]] HttpResponse send(const HttpRequest& request);

    // Makes the request again for every attempt, so that its signature is fresh.
    using RequestMaker = std::function<HttpRequest()>;
    [[nodiscard]] HttpResponse send(const RequestMaker& make_request);

    [[nodiscard]] HttpResponse get(const std::string& url,
                                   std::function<std::string(HttpResponse&)> validate = {});

  private:
    struct Handles;
    struct Attempt;
    [[nodiscard]] Attempt attempt(const HttpRequest& request);
    [[nodiscard]] Attempt transfer(const HttpRequest& request, const std::string& url);

    struct RequestStop {
        std::stop_source& source;
        void operator()() const { source.request_stop(); }
    };

    HttpSettings settings_;
    std::stop_source stop_;  // requested if either of the two is
    std::stop_callback<RequestStop> stop_of_settings_;
    std::stop_callback<RequestStop> stop_of_owner_;
    std::unique_ptr<Handles> handles_;
};

}  // namespace bingefriend
