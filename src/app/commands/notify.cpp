#include <fmt/format.h>

#include <string>
#include <vector>

#include "app/commands/command.hpp"
#include "app/notifications.hpp"
#include "app/run.hpp"
#include "base/error.hpp"
#include "base/times.hpp"
#include "console/standard_output.hpp"

namespace bingefriend {
namespace {

struct NotifyOptions {
    bool test = false;
};

void add_options(OptionList& list, NotifyOptions& options) {
    append(list, {{"--test", &options.test, "Send a test notification"}});
}

void run_notify(const NotifyOptions& options, const Environment& environment) {
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
                          "This is a test of BingeFriend's notifications, sent " + iso_time() + ".\n", ""});
    for (const Delivery& delivery : deliveries) {
        print("{}: {}\n", delivery.to, delivery.failure.empty() ? "delivered" : delivery.failure);
        failed += delivery.failure.empty() ? 0 : 1;
    }
    if (failed > 0) {
        throw Error(ErrorKind::unavailable,
                    fmt::format("{} of {} test notifications failed", failed, deliveries.size()), "",
                    "see the errors above");
    }
}

}  // namespace

Command notify_command() {
    return make_command("notify", "List the recipients of run notifications, or send them a test",
                        run_notify);
}

}  // namespace bingefriend
