// Public header of notify: the report of a run -> e-mail and webhook.
//
// The mail server is spoken to over TLS: smtps:// from the first byte, smtp:// by STARTTLS, which it
// must offer.  Only a relay on this machine that asks for no password may do without.  Certificates
// are verified.  Neither passwords nor the path of a webhook, which is often one, are ever shown.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"

namespace bingefriend {

struct MailSettings {
    Secret server;  // smtp://user:password@host:port or smtps://...; user and password percent-encoded
    std::string from;
    std::vector<std::string> to;  // at least one
};

struct WebhookSettings {
    Secret url;     // http or https
    Secret secret;  // signs the body if it is not empty
};

struct NotifySettings {
    std::optional<MailSettings> mail;
    std::optional<WebhookSettings> webhook;
    std::string ca_file;  // certificates to trust instead of the system's; empty: the system's
    std::size_t attempts = 3;
    std::chrono::milliseconds first_pause{1'000};  // doubles with every attempt
    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds total_timeout{30};  // one attempt
};

struct Notice {
    std::string event;        // "published", "refused", "failed", "done", "interrupted", "test"
    std::string title;        // one line
    std::string text;         // for people
    std::string report_json;  // the report of the run; empty if there is none
};

struct Delivery {
    std::string to;       // "e-mail to a@example.org", "webhook at https://example.org"
    std::string failure;  // why it was not delivered; empty if it was
};

// Throws Error{usage} if the settings cannot be used, naming the key.
void check(const NotifySettings& settings);

// Whom the settings name, as Delivery::to.
[[nodiscard]] std::vector<std::string> places(const NotifySettings& settings);

// Sends the notice to all that the settings name, one after the other; what fails for a passing reason is
// tried again.  Throws as check() does, but nothing for a delivery that fails.
//
//   e-mail   the text, with the report attached as report.json
//   webhook  POST {"event", "title", "text", "report"}; the header X-BingeFriend-Event has the event, and
//            X-BingeFriend-Signature has "sha256=" and the HMAC-SHA256 of the body, in hexadecimal digits
[[nodiscard]] std::vector<Delivery> notify(const NotifySettings& settings, const Notice& notice);

}  // namespace bingefriend
