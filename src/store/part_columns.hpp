// The columns of the score's parts in a statement.
#pragma once

#include <string>
#include <string_view>

namespace bingefriend {

// The statement with a column for each part where it has an `@`: "r.@_score" becomes "r.genre_score,
// r.text_score, ..." and "@?" becomes "?, ?, ...".
[[nodiscard]] std::string with_part_columns(std::string_view sql);

}  // namespace bingefriend
