// Public header of similarity: the score of two shows, and features -> how the scores are distributed.  Pure.
//
// The score of two shows is
//
//   score    = Σ w.part · part                                             each part in 0 to 1
//   genre    = the cosine of the genre sets, whose genres may differ in weight; 0 if either is empty
//   text     = the dot product of the TF-IDF rows, which have length 1 or less
//   metadata = (same platform column + same type + same language column) / 3; no type matches none
//   year     = the square of the ratio of the shows' ages; 0 if either year is unknown
//   rating   = 1 - half of what the other show is rated below the query, at least 0; not symmetric
//
// Parts and score are rounded to 12 decimals, so that scores that are equal on paper are equal here and the
// id decides; the score is computed from the rounded parts, added in the order of the table of parts.  The
// products of the text are added in column order.  Every score is therefore the same to the last bit on every
// machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/progress.hpp"
#include "domain/features.hpp"
#include "domain/parts.hpp"

namespace bingefriend {

// The distribution of one part, or of the score, over all n (n - 1) / 2 pairs of different shows: of the show
// with the greater id in the list of the other.
struct Distribution {
    double mean = 0;
    double standard_deviation = 0;
    double minimum = 0;
    double maximum = 0;
    double median = 0;  // within 0.000001
};

struct SimilarityStatistics {
    std::uint64_t pairs = 0;
    PerPart<Distribution> parts;
    Distribution score;
};

[[nodiscard]] SimilarityStatistics similarity_statistics(const Features& features, const Weights& weights,
                                                         std::size_t threads = 0,
                                                         const Progress& progress = no_progress);

// One full n × n matrix of a part, or of the score if there is none, row by row, with the diagonal (1 if a
// show has the feature at all).  For small catalogues: 8 n² bytes.
[[nodiscard]] std::vector<double> similarity_matrix(const Features& features, const Weights& weights,
                                                    std::optional<Part> part, std::size_t threads = 0);

}  // namespace bingefriend
