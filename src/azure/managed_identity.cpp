#include "azure/managed_identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "azure/shared_key.hpp"
#include "base/error.hpp"
#include "base/numbers.hpp"
#include "base/percent.hpp"

namespace bingefriend {
namespace {

using std::chrono::seconds;

constexpr std::string_view resource = "https://storage.azure.com/";
constexpr std::string_view remedy =
    "give a connection string with AccountKey or SharedAccessSignature, or run on an Azure machine whose "
    "managed identity is switched on";

// A metadata service answers from the machine itself, soon or never.
HttpSettings hasty(HttpSettings http) {
    http.connect_timeout = std::min<std::chrono::milliseconds>(http.connect_timeout, seconds(2));
    http.total_timeout = std::min<std::chrono::milliseconds>(http.total_timeout, seconds(20));
    http.retry.attempts = std::min<std::size_t>(http.retry.attempts, 3);
    http.max_body_bytes = 1 << 20;
    return http;
}

// The services write seconds as a number or as a text.
long long seconds_of(const nlohmann::json& value) {
    if (value.is_number_integer()) {
        return value.get<long long>();
    }
    return parse_number<long long>(value.get<std::string>()).value_or(0);
}

[[noreturn]] void refuse_token(const std::string& url, std::string_view what) {
    throw Error(ErrorKind::unavailable, "no token of a managed identity", without_secrets(url),
                fmt::format("{}: {}", what, remedy));
}

}  // namespace

ManagedIdentity::ManagedIdentity(IdentitySettings settings, HttpSettings http)
    : settings_(std::move(settings)), clock_(http.clock), client_(hasty(std::move(http))) {}

HttpRequest ManagedIdentity::request() const {
    HttpRequest request;
    request.url = fmt::format("{}/metadata/identity/oauth2/token?api-version=2018-02-01&resource={}",
                              settings_.metadata_host, percent_encoded(resource));
    if (!settings_.client_id.empty()) {
        request.url += "&client_id=" + percent_encoded(settings_.client_id);
    }
    request.headers = {"Metadata: true"};
    return request;
}

const Secret& ManagedIdentity::token() {
    if (!token_.empty() && clock_.now() < good_until_) {
        return token_;
    }
    const std::string url = request().url;
    HttpResponse response;
    try {
        response = client_.send(request());
    } catch (const Error& error) {
        refuse_token(url, error.what());
    }
    const auto json = nlohmann::json::parse(response.body, nullptr, false);
    if (response.status != 200) {
        const bool named = json.is_object() && json.contains("error") && json["error"].is_string();
        refuse_token(url,
                     fmt::format("it answered status {}{}", response.status,
                                 named ? " (" + json["error"].get<std::string>().substr(0, 100) + ")" : ""));
    }
    try {
        std::string token = json.at("access_token").get<std::string>();
        if (token.empty() || token.find_first_of(" \r\n") != std::string::npos) {
            refuse_token(url, "its token holds characters that no token has");
        }
        const long long ends = seconds_of(json.at("expires_on"));
        good_until_ = std::chrono::system_clock::time_point(seconds(ends)) - std::chrono::minutes(5);
        token_ = Secret(std::move(token));
    } catch (const nlohmann::json::exception&) {
        refuse_token(url, "its answer holds no token");
    }
    return token_;
}

}  // namespace bingefriend
