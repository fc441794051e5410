// A word with a typing error -> the words of the names that may be meant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "search/name_index.hpp"

namespace bingefriend {

// The words that `typed` may stand for, nearest first, at most 5.  Errors are letters inserted, left out,
// changed or swapped with their neighbour (optimal string alignment over code points).  A word is near if a
// beginning of it has at most 1 error (typed words of 4 to 7 letters) or 2 (8 to 64); other lengths are not
// corrected.  Nearest: by the errors of its best beginning, then of the whole word, then in word order.
//
// Cost: words that share a beginning share its work, and a beginning with too many errors ends it for all of
// them; about 0.2 ms for 85,000 shows, at most 1 ms.
[[nodiscard]] std::vector<std::uint32_t> corrections(std::string_view typed, const NameIndex& index);

}  // namespace bingefriend
