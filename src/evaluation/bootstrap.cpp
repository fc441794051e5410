#include "evaluation/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/parallel.hpp"
#include "evaluation/random.hpp"

namespace bingefriend {
namespace {

// The mean of the values at these positions that are numbers; 0 if there are none.
template <typename Positions>
double mean_at(const std::vector<double>& values, const Positions& positions) {
    double sum = 0;
    std::size_t count = 0;
    for (const auto position : positions) {
        const double value = values[position];
        if (!std::isnan(value)) {
            sum += value;
            ++count;
        }
    }
    return count == 0 ? 0 : sum / static_cast<double>(count);
}

// Interpolates between the two nearest values. REQUIRES: values are sorted and not empty.
double percentile(const std::vector<double>& values, double share) {
    const double at = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (values[above] - values[below]) * (at - static_cast<double>(below));
}

std::vector<std::uint32_t> all_positions(std::size_t n) {
    std::vector<std::uint32_t> positions(n);
    for (std::size_t i = 0; i < n; ++i) {
        positions[i] = static_cast<std::uint32_t>(i);
    }
    return positions;
}

}  // namespace

std::vector<Estimate> estimates(std::span<const std::vector<double>> series, std::size_t threads) {
    std::vector<Estimate> result(series.size());
    if (series.empty() || series.front().empty()) {
        return result;
    }
    const std::size_t items = series.front().size();
    std::vector<std::vector<double>> means(series.size(), std::vector<double>(resamples));
    in_parallel<8>(resamples, threads, no_progress, [&] {
        return
            [&, positions = std::vector<std::uint32_t>(items)](std::size_t begin, std::size_t end) mutable {
                for (std::size_t resample = begin; resample < end; ++resample) {
                    Random random(resample + 1);
                    for (std::uint32_t& position : positions) {
                        position = static_cast<std::uint32_t>(random.below(items));
                    }
                    for (std::size_t s = 0; s < series.size(); ++s) {
                        means[s][resample] = mean_at(series[s], positions);
                    }
                }
            };
    });
    const std::vector<std::uint32_t> all = all_positions(items);
    for (std::size_t s = 0; s < series.size(); ++s) {
        std::sort(means[s].begin(), means[s].end());
        result[s] = {mean_at(series[s], all), percentile(means[s], 0.025), percentile(means[s], 0.975)};
    }
    return result;
}

}  // namespace bingefriend
