#include "net/http_client.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "net/transfer.hpp"

namespace bingefriend {
namespace {

constexpr int max_redirects = 5;

bool is_redirect(long status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// The server of a URL.
struct Origin {
    std::string scheme;
    std::string host;
    std::string port;
};

Origin origin_of(const std::string& url) {
    const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), curl_url_cleanup);
    Origin origin;
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
        return origin;
    }
    for (const auto& [part, text] : {std::pair{CURLUPART_SCHEME, &origin.scheme},
                                     {CURLUPART_HOST, &origin.host},
                                     {CURLUPART_PORT, &origin.port}}) {
        char* value = nullptr;
        if (curl_url_get(parsed.get(), part, &value, CURLU_DEFAULT_PORT) == CURLUE_OK) {
            *text = value;
        }
        curl_free(value);
    }
    std::transform(origin.host.begin(), origin.host.end(), origin.host.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return origin;
}

bool may_follow(const Origin& from, const Origin& to) {
    const bool same = from.scheme == to.scheme && from.port == to.port;
    const bool upgrade =
        from.scheme == "http" && from.port == "80" && to.scheme == "https" && to.port == "443";
    return !to.host.empty() && from.host == to.host && (same || upgrade);
}

std::string advice(const std::string& failure, std::size_t attempts) {
    return fmt::format("{} ({}): check the address and the service, then run again", failure,
                       attempts == 1 ? "tried once" : fmt::format("tried {} times", attempts));
}

}  // namespace

std::string HttpResponse::header(const std::string& name) const {
    const auto at = headers.find(name);
    return at == headers.end() ? std::string() : at->second;
}

HttpUpload HttpUpload::of(std::string_view bytes) {
    return {bytes.size(), [bytes](std::uint64_t offset, std::span<char> buffer) {
                return bytes.copy(buffer.data(), buffer.size(), static_cast<std::size_t>(offset));
            }};
}

struct HttpClient::Handles : TransferHandles {};

struct HttpClient::Attempt : TransferResult {};

HttpClient::HttpClient(HttpSettings settings, std::stop_token stop)
    : settings_(std::move(settings)),
      stop_of_settings_(settings_.stop, RequestStop{stop_}),
      stop_of_owner_(std::move(stop), RequestStop{stop_}),
      handles_(std::make_unique<Handles>()) {}

HttpClient::~HttpClient() = default;

HttpClient::Attempt HttpClient::transfer(const HttpRequest& request, const std::string& url) {
    if (settings_.rate_limit != nullptr) {
        settings_.rate_limit->wait(stop_.get_token());
    }
    return {run_transfer(*handles_, request, url, settings_, stop_.get_token())};
}

HttpClient::Attempt HttpClient::attempt(const HttpRequest& request) {
    std::string url = request.url;
    Attempt result = transfer(request, url);
    const bool follows = request.method == "GET" || request.method == "HEAD";
    for (int hops = 0; follows && result.failure.empty() && is_redirect(result.response.status); ++hops) {
        result.worth_retrying = false;
        if (result.redirect.empty() || hops == max_redirects) {
            result.failure = fmt::format("it answered status {} {}", result.response.status,
                                         hops == max_redirects ? "too often" : "without a location");
        } else if (!may_follow(origin_of(url), origin_of(result.redirect))) {
            result.failure =
                fmt::format("it redirects to another host, {}", without_secrets(result.redirect));
        } else {
            url = result.redirect;
            result = transfer(request, url);
        }
    }
    return result;
}

HttpResponse HttpClient::send(const HttpRequest& request) {
    return send([&request] { return request; });
}

HttpResponse HttpClient::send(const RequestMaker& make_request) {
    for (std::size_t failures = 0;;) {
        if (settings_.stop.stop_requested()) {
            throw Interrupted();
        }
        const HttpRequest request = make_request();
        Attempt result = attempt(request);
        HttpResponse& response = result.response;
        response.retries = failures;
        if (result.failure.empty() && is_retryable(response.status)) {
            result.failure = fmt::format("it answered status {}", response.status);
        } else if (result.failure.empty() && response.status == 200 && request.validate) {
            result.failure = request.validate(response);
        }
        if (result.failure.empty()) {
            return std::move(response);
        }
        if (settings_.stop.stop_requested()) {
            throw Interrupted();
        }
        ++failures;
        const std::optional<std::chrono::milliseconds> pause =
            settings_.retry.pause(failures, settings_.clock.random(), result.retry_after);
        if (!pause && result.retry_after > settings_.retry.max_retry_after) {
            result.failure += fmt::format(" and asks to wait {} s", result.retry_after->count());
        }
        if (!pause || !result.worth_retrying || stop_.stop_requested()) {
            throw Error(ErrorKind::unavailable,
                        (request.upload ? "cannot send" : "cannot fetch") +
                            (request.subject.empty() ? std::string() : " " + request.subject),
                        without_secrets(request.url), advice(result.failure, failures));
        }
        if (settings_.rate_limit != nullptr && response.status == 429) {
            settings_.rate_limit->hold(std::max(*pause, settings_.rate_limit->period()));
        } else {
            settings_.clock.sleep(*pause, stop_.get_token());
        }
    }
}

HttpResponse HttpClient::get(const std::string& url, std::function<std::string(HttpResponse&)> validate) {
    HttpRequest request{.url = url};
    request.validate = std::move(validate);
    return send(request);
}

}  // namespace bingefriend
