// Public header of net: requests over HTTP and HTTPS, with limits, time-outs, retries and rate limits.
//
//   HttpClient client({.retry = {.attempts = 3}});
//   const HttpResponse page = client.get("https://host/shows?page=0");       // the body in memory
//   client.send({.url = url, .method = "PUT", .headers = {"x-ms-blob-type: BlockBlob"},
//                .upload = {size, [&](std::uint64_t offset, std::span<char> buffer) { ... }}});
//   client.send({.url = url, .receive = [&](std::uint64_t offset, std::string_view bytes) { ... }});
//
// Further public headers: retry_policy.hpp (when to try again, a value), rate_limit.hpp (so many calls in a stretch of
// time, kept over restarts), in_order.hpp (a few requests in flight, results in order), digests.hpp (what
// requests are signed and checked with), clock.hpp (what tests put in the place of time and chance).
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

#include "base/shown_url.hpp"  // how the messages show URLs
#include "net/clock.hpp"
#include "net/rate_limit.hpp"
#include "net/retry_policy.hpp"

namespace bingefriend {

struct HttpResponse {
    long status = 0;
    std::string body;  // empty where the request has a receiver and the status is 2xx
    std::map<std::string, std::string> headers;  // names in lower case; of equal ones the last
    std::size_t retries = 0;                     // attempts before this one

    // The value of a header; empty where there was none.  `name` in lower case.
    [[nodiscard]] std::string header(const std::string& name) const;
};

// A body to send, read piece by piece.  An attempt that is made again reads it again from offset 0.
struct HttpUpload {
    std::uint64_t size = 0;
    // Fills up to buffer.size() bytes from `offset` on and returns how many; 0 before the end is an error.
    std::function<std::size_t(std::uint64_t offset, std::span<char> buffer)> read;

    // `bytes` must live as long as the request.
    [[nodiscard]] static HttpUpload of(std::string_view bytes);
};

struct HttpRequest {
    std::string url;
    std::string method = "GET";
    std::vector<std::string> headers;  // "Name: value"
    std::optional<HttpUpload> upload;  // sent where given, with Content-Length, be it 0

    // Takes the body of a 2xx answer piece by piece instead of HttpResponse::body, with the offset of each;
    // offset 0 begins anew, since an attempt may break off and be made again.  Called at least once.
    // `most_body_bytes` holds for it too.
    std::function<void(std::uint64_t offset, std::string_view bytes)> receive;

    // What is wrong with an answer of status 200, in few words; empty where nothing is.  Asked again then.
    std::function<std::string(HttpResponse&)> complaint;

    std::string subject;  // for messages: "the page at offset 1000"
};

struct HttpSettings {
    std::uint64_t most_body_bytes = std::uint64_t{256} << 20;  // unpacked
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds stall_timeout{30'000};   // no byte either way for so long
    std::chrono::milliseconds total_timeout{300'000};  // one attempt
    RetryPolicy retry;
    RateLimit* rate_limit = nullptr;  // waits before every attempt; shared between clients, outlives them
    Clock clock = real_clock();
    std::string ca_file;   // certificates to trust instead of the system's, PEM; empty: the system's
    std::stop_token stop;  // where it is requested every request ends at once and throws Interrupted
};

// Used by one thread at a time; keeps its connections open between requests.
class HttpClient {
  public:
    // A request that is under way when `stop` is requested ends with an error at once; for
    // HttpSettings::stop with Interrupted.
    explicit HttpClient(HttpSettings settings = {}, std::stop_token stop = {});
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient();

    // Asks again, after a growing pause, where the connection fails or times out, for 429 and 5xx (not
    // before Retry-After has passed, nor a 429 before the period of the rate limit has), and where
    // `complaint` finds fault.  Other statuses are given back at once.  Redirects of GET and HEAD are
    // followed within the same host and port, and from http to https there; to another they are an error.
    // Bodies in gzip, deflate, br and zstd are unpacked. Throws Error{unavailable} when the last attempt
    // failed too, with its cause, and what the callbacks throw.
    [[nodiscard]] HttpResponse send(const HttpRequest& request);

    // The same for a request that is made anew for every attempt, so that what it signs is fresh.
    using RequestMaker = std::function<HttpRequest()>;
    [[nodiscard]] HttpResponse send(const RequestMaker& make_request);

    [[nodiscard]] HttpResponse get(const std::string& url,
                                   std::function<std::string(HttpResponse&)> complaint = {});

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
    std::stop_source stop_;  // requested where either of the two is
    std::stop_callback<RequestStop> stop_of_settings_;
    std::stop_callback<RequestStop> stop_of_owner_;
    std::unique_ptr<Handles> handles_;
};

}  // namespace bingefriend
