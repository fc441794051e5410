#include "app/notifications.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <exception>

#include "app/report_text.hpp"
#include "app/run.hpp"
#include "app/standard_output.hpp"
#include "base/error.hpp"
#include "reports/run_reports.hpp"

namespace bingefriend {
namespace {

std::optional<MailSettings> mail_settings(const Environment& environment) {
    const std::vector<std::string> to = listed(environment.value_or_default("PIPELINE_NOTIFICATION_EMAIL"));
    if (to.empty()) {
        return std::nullopt;
    }
    const std::optional<Secret> server = environment.secret("SMTP_URL");
    if (!server) {
        throw Error(ErrorKind::usage, "PIPELINE_NOTIFICATION_EMAIL is set, but no mail server", "",
                    "give it with SMTP_URL, or unset PIPELINE_NOTIFICATION_EMAIL");
    }
    return MailSettings{*server, environment.value("SMTP_FROM").value_or(to.front()), to};
}

// The sender of the signal waits for the process to end: one attempt, and 6 s for mail and webhook together.
void hurry(NotifySettings& settings) {
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
        const Notice notice{name_of(report.outcome), "BingeFriend: " + headline(report), text_of(report),
                            json_of(report)};
        NotifySettings settings = notify_settings(environment);
        if (report.outcome == Outcome::interrupted) {
            hurry(settings);
        }
        for (const Delivery& delivery : notify(settings, notice)) {
            if (!delivery.failure.empty()) {
                spdlog::warn("the report did not reach {}: {}", delivery.to, delivery.failure);
            }
        }
    } catch (const std::exception& error) {
        spdlog::warn("nobody is notified: {}", error.what());
    }
}

void run_notify(const Options& options, const Environment& environment) {
    const NotifySettings settings = notify_settings(environment);
    if (!settings.mail && !settings.webhook) {
        constexpr const char* remedy = "set PIPELINE_NOTIFICATION_EMAIL with SMTP_URL, or NOTIFY_WEBHOOK_URL";
        if (options.test) {
            throw Error(ErrorKind::usage, "nobody is notified", "", remedy);
        }
        print("nobody is notified: {}\n", remedy);
        return;
    }
    if (!options.test) {
        for (const std::string& place : places(settings)) {
            print("{}\n", place);
        }
        return;
    }
    std::size_t failed = 0;
    const std::vector<Delivery> deliveries =
        notify(settings, {"test", "BingeFriend: test",
                          "This is a test of BingeFriend's notifications, sent " + time_now() + ".\n", ""});
    for (const Delivery& delivery : deliveries) {
        print("{}: {}\n", delivery.to, delivery.failure.empty() ? "delivered" : delivery.failure);
        failed += delivery.failure.empty() ? 0 : 1;
    }
    if (failed > 0) {
        throw Error(ErrorKind::unavailable,
                    fmt::format("{} of {} did not take the test", failed, deliveries.size()), "",
                    "the reasons stand above");
    }
}

}  // namespace bingefriend
