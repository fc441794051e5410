// The report of a run as text: at the end of the run, in `bingefriend runs`, in an e-mail.
#pragma once

#include <string>

#include "reports/run_report.hpp"

namespace bingefriend {

// Returns lines that each end with a line feed.
[[nodiscard]] std::string to_text(const RunReport& report);

}  // namespace bingefriend
