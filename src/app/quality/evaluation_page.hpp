// An evaluation as one HTML page with plots.
#pragma once

#include <string>

#include "app/quality/summary.hpp"

namespace bingefriend {

// Needs no other file and makes no request.
[[nodiscard]] std::string evaluation_page(const EvaluationSummary& summary);

}  // namespace bingefriend
