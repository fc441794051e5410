// Logistic regression with coefficients of at least 0.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "domain/parts.hpp"
#include "evaluation/learning.hpp"

namespace bingefriend {

// The coefficients of the parts, as learned_weights defines them, before they are scaled to sum 1.
[[nodiscard]] Weights logistic_coefficients(std::span<const TrainingPair> pairs, double penalty);

}  // namespace bingefriend
