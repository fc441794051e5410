// Who is told of a run, from the settings; and the command that tries it.
#pragma once

#include "app/settings.hpp"
#include "notify/notify.hpp"
#include "reports/run_report.hpp"

namespace bingefriend {

// Throws Error{usage} where a setting that belongs to another is missing, or cannot be used.
[[nodiscard]] NotifySettings notify_settings(const Environment& environment);

// Sends the report to whom the settings name.  What goes wrong is logged, nothing is thrown.
void notify_of(const RunReport& report, const Environment& environment) noexcept;

// Says who is notified; with options.test sends each a test and throws Error where one did not arrive.
void run_notify(const Options& options, const Environment& environment);

}  // namespace bingefriend
