// Texts -> the vocabulary and the TF-IDF matrix.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.hpp"
#include "domain/features.hpp"

namespace bingefriend {

struct TextFeatures {
    Vocabulary vocabulary;
    TextMatrix matrix;  // n × terms
};

// texts: n, plain.  threads as for in_parallel.  Source of the weighting: scikit-learn's TfidfVectorizer with
// smooth_idf.
[[nodiscard]] TextFeatures text_features(const std::vector<std::string_view>& texts,
                                         const TextSettings& settings, std::size_t threads = 0,
                                         const Progress& progress = no_progress);

// The one row, in a matrix, that a text has which need not be of the catalogue that the vocabulary is from.
[[nodiscard]] TextMatrix text_row(std::string_view text, const Vocabulary& vocabulary);

}  // namespace bingefriend
