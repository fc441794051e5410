#include "net/http_client.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>

#include "domain/error.hpp"

namespace bingefriend {
namespace {

struct Receiver {
    std::string body;
    std::size_t most_bytes = 0;
    bool too_large = false;
};

std::size_t receive(char* data, std::size_t size, std::size_t count, void* self) {
    auto& receiver = *static_cast<Receiver*>(self);
    if (receiver.body.size() + size * count > receiver.most_bytes) {
        receiver.too_large = true;
        return 0;  // ends the transfer
    }
    receiver.body.append(data, size * count);
    return size * count;
}

}  // namespace

struct HttpClient::Handle {
    CURL* curl = nullptr;
    std::array<char, CURL_ERROR_SIZE> error{};

    Handle() {
        static std::once_flag once;
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
        curl = curl_easy_init();
        if (curl == nullptr) {
            throw std::runtime_error("libcurl cannot be set up");
        }
    }
    ~Handle() { curl_easy_cleanup(curl); }
};

struct HttpClient::Attempt {
    HttpResponse response;
    std::string failure;  // empty where an answer came
    bool worth_retrying = true;
};

HttpClient::HttpClient(HttpSettings settings)
    : settings_(std::move(settings)), handle_(std::make_unique<Handle>()) {
    CURL* curl = handle_->curl;
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, handle_->error.data());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");  // whatever libcurl can unpack
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "bingefriend");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings_.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings_.stall_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(settings_.total_timeout.count()));
}

HttpClient::~HttpClient() = default;

HttpClient::Attempt HttpClient::try_once(const std::string& url) {
    CURL* curl = handle_->curl;
    Receiver receiver{{}, settings_.most_body_bytes};
    handle_->error[0] = '\0';
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &receiver);
    const CURLcode code = curl_easy_perform(curl);

    Attempt attempt;
    if (receiver.too_large) {
        attempt.failure = fmt::format("the answer is larger than {} bytes", settings_.most_body_bytes);
        attempt.worth_retrying = false;
    } else if (code != CURLE_OK) {
        attempt.failure = handle_->error[0] != '\0' ? handle_->error.data() : curl_easy_strerror(code);
        attempt.worth_retrying = code != CURLE_URL_MALFORMAT && code != CURLE_UNSUPPORTED_PROTOCOL &&
                                 code != CURLE_PEER_FAILED_VERIFICATION;
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &attempt.response.status);
    if (curl_header* header = nullptr;
        curl_easy_header(curl, "Retry-After", 0, CURLH_HEADER, -1, &header) == CURLHE_OK) {
        attempt.response.retry_after = header->value;
    }
    attempt.response.body = std::move(receiver.body);
    return attempt;
}

void HttpClient::pause(std::size_t attempt, const std::string& retry_after) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const auto doubled = settings_.first_pause * (1LL << std::min<std::size_t>(attempt, 20));
    std::chrono::milliseconds length =
        doubled / 2 +
        std::chrono::milliseconds(std::uniform_int_distribution<long long>(0, doubled.count() / 2)(random));
    long long seconds = 0;
    const char* const end = retry_after.data() + retry_after.size();
    if (const auto [stop, error] = std::from_chars(retry_after.data(), end, seconds);
        error == std::errc{} && stop == end && seconds >= 0) {
        length = std::chrono::seconds(std::min(seconds, 86'400LL));
    }
    length = std::min(length, settings_.longest_pause);
    if (settings_.sleep) {
        settings_.sleep(length);
    } else {
        std::this_thread::sleep_for(length);
    }
}

HttpResponse HttpClient::get(const std::string& url, const Complaint& complaint) {
    for (std::size_t attempt = 0;; ++attempt) {
        Attempt result = try_once(url);
        HttpResponse& response = result.response;
        if (result.failure.empty()) {
            if (response.status == 429 || response.status >= 500) {
                result.failure = fmt::format("it answered status {}", response.status);
            } else if (response.status != 200 || !complaint) {
                return std::move(response);
            } else if (result.failure = complaint(response); result.failure.empty()) {
                return std::move(response);
            }
        }
        if (!result.worth_retrying || attempt + 1 >= settings_.attempts) {
            throw Error(
                ErrorKind::unavailable, "cannot fetch", without_secrets(url),
                fmt::format("{} ({}): check the address and that the service is well, then run again",
                            result.failure,
                            attempt == 0 ? "asked once" : fmt::format("asked {} times", attempt + 1)));
        }
        ++retries_;
        pause(attempt, response.retry_after);
    }
}

std::string without_secrets(std::string_view url) {
    std::string shown(url.substr(0, url.find_first_of("?#")));
    const std::size_t host = shown.find("://");
    const std::size_t begin = host == std::string::npos ? 0 : host + 3;
    const std::size_t end = std::min(shown.find('/', begin), shown.size());
    if (const std::size_t at = shown.rfind('@', end); at != std::string::npos && at >= begin) {
        shown.erase(begin, at + 1 - begin);
    }
    return shown;
}

}  // namespace bingefriend
