// The features that a generation stores, packed into one run of bytes.
//
//   "BFSF", a version (1), then a Zstandard frame that tells its size and carries a checksum.  In the frame,
//   where a number is a varint (7 bits a byte, the lowest first) and a real 8 bytes of IEEE 754, the lowest
//   first:
//
//   settings    max_features, min_df, max_df (real), top_n_platforms, top_n_languages
//   ids         n, then each less the one before
//   genres      names; of each row how many columns, then each less the one before
//   vocabulary  names, the idf of each (real), the document frequency of each
//   text        of each row how many columns, then each less the one before; then all values (real)
//   platform, type, language; of the facets language, network, status
//               names, then of each row the column plus 1, or 0 for none
//   rating      of each row (real), not a number for none
//
// names: how many, then of each its bytes, counted.  84,606 shows with 930,000 terms take some 9 MB.
#pragma once

#include <string>
#include <string_view>

#include "domain/stored_features.hpp"

namespace bingefriend {

[[nodiscard]] std::string packed(const StoredFeatures& stored);

// Throws Error{input} for bytes that `packed` did not write, or that were damaged since.  What it gives keeps
// every promise of domain/features.hpp, whatever the bytes are.  Memory: the size that the frame tells, 1 GiB
// at most.
[[nodiscard]] StoredFeatures unpacked(std::string_view bytes);

}  // namespace bingefriend
