// Texts -> the vocabulary and the matrix of TF-IDF weights.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.hpp"
#include "domain/features.hpp"
#include "features/tokenised_texts.hpp"

namespace bingefriend {

struct TextFeatures {
    Vocabulary vocabulary;
    TextMatrix matrix;  // n × terms
};

// fields: plain texts.  threads as for in_parallel.  Source of the weighting: scikit-learn's TfidfVectorizer
// with smooth_idf.
[[nodiscard]] TextFeatures text_features(const std::vector<TextField>& fields, const TextSettings& settings,
                                         std::size_t threads = 0, const Progress& progress = no_progress);

// The row, in a matrix, of one show, which need not be in the catalogue of the vocabulary.
[[nodiscard]] TextMatrix text_row(const std::vector<TextField>& fields, const Vocabulary& vocabulary,
                                  const TextSettings& settings);

}  // namespace bingefriend
