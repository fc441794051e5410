// The report of a run as text: at the end of the run, in `bingefriend runs`, in an e-mail.
#pragma once

#include <string>

#include "reports/run_report.hpp"

namespace bingefriend {

// Some lines, each with its line feed.
[[nodiscard]] std::string text_of(const RunReport& report);

}  // namespace bingefriend
