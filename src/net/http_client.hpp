// The door of net: GET over HTTP and HTTPS, with limits, time-outs and retries.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace bingefriend {

struct HttpResponse {
    long status = 0;
    std::string body;
    std::string retry_after;  // the header; empty where there was none
};

struct HttpSettings {
    std::size_t most_body_bytes = std::size_t{256} << 20;
    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds stall_timeout{30};   // no byte for so long
    std::chrono::seconds total_timeout{300};  // one attempt
    std::size_t attempts = 5;
    std::chrono::milliseconds first_pause{500};  // doubles with every attempt, with jitter
    std::chrono::milliseconds longest_pause{60'000};
    std::function<void(std::chrono::milliseconds)> sleep;  // how to pause; really sleeps where empty
};

// The URL as messages show it: scheme, host, port and path; neither user, password nor query.
[[nodiscard]] std::string without_secrets(std::string_view url);

// Used by one thread at a time; keeps its connection open between requests.
class HttpClient {
  public:
    explicit HttpClient(HttpSettings settings = {});
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient();

    // What is wrong with an answer of status 200, in few words; empty where nothing is.
    using Complaint = std::function<std::string(HttpResponse&)>;

    // Asks again, after a growing pause, where the connection fails or times out, for 429 (as long as
    // Retry-After says), for 5xx, and where `complaint` finds fault with the answer.  Other statuses
    // are given back at once; redirects are not followed.
    // Throws Error{unavailable} when the last attempt failed too, with its cause.
    [[nodiscard]] HttpResponse get(const std::string& url, const Complaint& complaint = {});

    [[nodiscard]] std::size_t retries() const noexcept { return retries_; }

  private:
    struct Attempt;
    Attempt try_once(const std::string& url);
    void pause(std::size_t attempt, const std::string& retry_after);

    struct Handle;
    HttpSettings settings_;
    std::unique_ptr<Handle> handle_;
    std::size_t retries_ = 0;
};

}  // namespace bingefriend
