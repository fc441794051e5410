// Means with intervals by the bootstrap (Efron 1979): percentiles over resampled items.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace bingefriend {

// A mean over the items that have a value, and the 95% interval of it.
struct Estimate {
    double mean = 0;
    double low = 0;
    double high = 0;

    friend bool operator==(const Estimate&, const Estimate&) = default;
};

inline constexpr std::size_t resamples = 1'000;

// An estimate of each series, a value per item; items whose value is not a number are left out. All series
// use the same resamples, so that the differences of two series can be compared as a series of their own.
// The same numbers for any number of threads. Cost: 1,000 × items × series.
[[nodiscard]] std::vector<Estimate> estimates(std::span<const std::vector<double>> series,
                                              std::size_t threads = 0);

}  // namespace bingefriend
