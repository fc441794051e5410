#include "notify/webhook.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/digests.hpp"
#include "base/display_text.hpp"
#include "base/error.hpp"
#include "net/http_client.hpp"
#include "notify/address.hpp"

namespace bingefriend {
namespace {

constexpr std::uint64_t max_answer_bytes = 1u << 20;  // answers are not read

std::string body_of(const Notice& notice) {
    using Json = nlohmann::ordered_json;
    const Json body = {{"event", notice.event},
                       {"title", notice.title},
                       {"text", notice.text},
                       {"report", notice.report_json.empty() ? Json() : Json::parse(notice.report_json)}};
    return display_json(body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

// The path of a webhook is often a password.
std::string without_path(std::string message, const Secret& url) {
    const std::string shown = without_secrets(url.reveal());
    if (const std::size_t at = message.find(shown); at != std::string::npos) {
        message.replace(at, shown.size(), address_in(url, "NOTIFY_WEBHOOK_URL").origin);
    }
    return message;
}

}  // namespace

void check_webhook(const WebhookSettings& webhook) {
    const Address address = address_in(webhook.url, "NOTIFY_WEBHOOK_URL");
    if ((address.scheme != "http" && address.scheme != "https") || address.host.empty()) {
        throw Error(ErrorKind::usage, "NOTIFY_WEBHOOK_URL is no address of a webhook", "",
                    "give https://host/path");
    }
}

std::string place_of(const WebhookSettings& webhook) {
    return "webhook at " + address_in(webhook.url, "NOTIFY_WEBHOOK_URL").origin;
}

std::string post_webhook(const NotifySettings& settings, const WebhookSettings& webhook,
                         const Notice& notice) {
    const std::string body = body_of(notice);
    HttpRequest request{.url = webhook.url.reveal(), .method = "POST", .upload = HttpUpload::of(body)};
    request.headers = {"Content-Type: application/json", "X-BingeFriend-Event: " + notice.event};
    if (!webhook.secret.empty()) {
        request.headers.push_back("X-BingeFriend-Signature: sha256=" +
                                  hex(hmac_sha256(webhook.secret.reveal(), body)));
    }
    HttpSettings http{.max_body_bytes = max_answer_bytes,
                      .connect_timeout = settings.connect_timeout,
                      .total_timeout = settings.total_timeout};
    http.retry = {.attempts = settings.attempts,
                  .first_pause = settings.first_pause,
                  .max_retry_after = settings.total_timeout};
    http.ca_file = settings.ca_file;
    try {
        const long status = HttpClient(http).send(request).status;
        return status >= 200 && status < 300 ? std::string() : fmt::format("it answered status {}", status);
    } catch (const Error& error) {
        return without_path(error.what(), webhook.url);
    }
}

}  // namespace bingefriend
