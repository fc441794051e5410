// Notifications about runs, as the settings configure them.
#pragma once

#include "notify/notify.hpp"
#include "reports/run_report.hpp"
#include "settings/settings.hpp"

namespace bingefriend {

// Returns the configured recipients. Throws Error{usage} if a setting is invalid or another one is missing.
[[nodiscard]] NotifySettings notify_settings(const Environment& environment);

// Sends the report to the configured recipients. Errors are logged; none is thrown.
void notify_of(const RunReport& report, const Environment& environment) noexcept;

}  // namespace bingefriend
