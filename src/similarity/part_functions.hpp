// The definition of each part: a pure function of the features of two shows.
//
// The kernel computes many pairs at a time and ends in the same arithmetic (pair_scores.hpp).  Tests compare
// both with an oracle.
#pragma once

#include <cstddef>

#include "domain/features.hpp"
#include "domain/parts.hpp"

namespace bingefriend {

// Of the shows of rows `a` and `b`, rounded as in a score.  REQUIRES: a, b < features.size().  Cost: the
// genres and terms of both.
[[nodiscard]] double part_of_pair(Part part, const Features& features, std::size_t a, std::size_t b);
[[nodiscard]] PerPart<double> parts_of_pair(const Features& features, std::size_t a, std::size_t b);

}  // namespace bingefriend
