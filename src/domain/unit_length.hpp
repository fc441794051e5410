// The last step of TF-IDF: a row of weights gets length 1.
#pragma once

#include <cmath>
#include <span>

namespace bingefriend {

// The one definition: rows that are computed anew from their counts must be the same to the last bit.
inline void to_unit_length(std::span<double> weights) noexcept {
    double squares = 0;
    for (const double weight : weights) {
        squares += weight * weight;
    }
    const double length = std::sqrt(squares);
    for (double& weight : weights) {
        weight /= length;
    }
}

}  // namespace bingefriend
