#include "app/notifications.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <exception>

#include "app/report_text.hpp"
#include "base/error.hpp"
#include "reports/run_reports.hpp"

namespace bingefriend {
namespace {

std::optional<MailSettings> mail_settings(const Environment& environment) {
    const std::vector<std::string> to =
        split_at_commas(environment.value_or_default("PIPELINE_NOTIFICATION_EMAIL"));
    if (to.empty()) {
        return std::nullopt;
    }
    const std::optional<Secret> server = environment.secret("SMTP_URL");
    if (!server) {
        throw Error(ErrorKind::usage, "PIPELINE_NOTIFICATION_EMAIL is set, but no mail server", "",
                    "set SMTP_URL, or unset PIPELINE_NOTIFICATION_EMAIL");
    }
    return MailSettings{*server, environment.value("SMTP_FROM").value_or(to.front()), to};
}

// After a signal somebody waits for the process to end: one attempt, at most 6 s for mail and webhook.
void shorten(NotifySettings& settings) {
    settings.attempts = 1;
    settings.connect_timeout = std::chrono::seconds(2);
    settings.total_timeout = std::chrono::seconds(3);
}

}  // namespace

NotifySettings notify_settings(const Environment& environment) {
    NotifySettings settings;
    settings.mail = mail_settings(environment);
    if (const std::optional<Secret> url = environment.secret("NOTIFY_WEBHOOK_URL")) {
        settings.webhook = WebhookSettings{*url, environment.secret_or_default("NOTIFY_WEBHOOK_SECRET")};
    }
    settings.ca_file = environment.value_or_default("SSL_CERT_FILE");
    check(settings);
    return settings;
}

void notify_of(const RunReport& report, const Environment& environment) noexcept {
    try {
        const Notice notice{name_of(report.outcome), "BingeFriend: " + headline(report), to_text(report),
                            json_of(report)};
        NotifySettings settings = notify_settings(environment);
        if (report.outcome == Outcome::interrupted) {
            shorten(settings);
        }
        for (const Delivery& delivery : notify(settings, notice)) {
            if (!delivery.failure.empty()) {
                spdlog::warn("the report did not reach {}: {}", delivery.to, delivery.failure);
            }
        }
    } catch (const std::exception& error) {
        spdlog::warn("no notification was sent: {}", error.what());
    }
}

}  // namespace bingefriend
