// The features that a generation stores, packed into one byte string.
//
//   "BFSF", a version (4), then a Zstandard frame with its size and a checksum.  In the frame, where a number
//   is a varint (7 bits per byte, the lowest first) and a real is 8 bytes of IEEE 754, the lowest first:
//
//   settings    of the features, as JSON (recipes/recipes.hpp)
//   ids         n, then each less the one before
//   genres      names; of each row how many columns, then each less the one before
//   vocabulary  names, the idf of each (real), the document frequency of each, the least length (real)
//   text        how many columns all rows have; of each row how many, then each less the one before; of each
//               row that has any the counts of its terms, from which and the idf its weights follow to the
//               last bit, or 0 and its weights (real) where they do not
//   platform, type, language; of the facets language, network, status
//               names, then of each row the column plus 1, or 0 for none
//   rating      of each row (real), not a number for none
//   values      how many columns; of each the name of its part, the reference (real), the different values
//               (how many, then reals), of each row the place of its value plus 1, or 0 for none
//
// A name is counted bytes; names: how many, then each.  In versions 2 and 3 the settings are max_features,
// min_df, max_df (real), top_n_platforms and top_n_languages, and the vocabulary has no least length; version
// 2 ends before the values.  84,606 shows with 930,000 terms take 1.2 MB.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "domain/stored_features.hpp"

namespace bingefriend {

inline constexpr std::string_view packed_signature{"BFSF\4", 5};
inline constexpr std::uint64_t most_packed_bytes = std::uint64_t{1} << 30;  // in the frame

[[nodiscard]] std::string packed(const StoredFeatures& stored);

// Gives the bytes part after part, cut anywhere; an empty one behind the last.
using NextPart = std::function<std::string()>;

// Throws Error{input} for bytes that `packed` did not write, or that were damaged since, and what `next`
// throws.  What it gives keeps every promise of domain/features.hpp, whatever the bytes are.  Memory: the
// features, a part and a megabyte.
[[nodiscard]] StoredFeatures unpacked(const NextPart& next);
[[nodiscard]] StoredFeatures unpacked(std::string_view bytes);

}  // namespace bingefriend
