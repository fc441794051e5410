// The spread of a generation's scores <-> the JSON of its column.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/score_spread.hpp"

namespace bingefriend {

[[nodiscard]] std::string json_of(const ScoreSpread& spread);

// None where the text is empty or not what json_of makes.
[[nodiscard]] std::optional<ScoreSpread> spread_in(std::string_view json);

}  // namespace bingefriend
