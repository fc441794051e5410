#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <list>
#include <mutex>
#include <optional>
#include <vector>

#include "base/parallel.hpp"
#include "similarity/part_functions.hpp"
#include "similarity/row_scores.hpp"
#include "similarity/similarity.hpp"

namespace bingefriend {
namespace {

// Counts values of 0 to 1 in bins a millionth wide.
class Histogram {
  public:
    static constexpr std::size_t bins = 1'000'001;

    void add(double value) {
        const auto bin = static_cast<std::size_t>(std::clamp(value, 0.0, 1.0) * (bins - 1) + 0.5);
        ++counts_[bin];
        minimum_ = std::min(minimum_, value);
        maximum_ = std::max(maximum_, value);
    }

    void add(const Histogram& other) {
        std::transform(counts_.begin(), counts_.end(), other.counts_.begin(), counts_.begin(), std::plus<>());
        minimum_ = std::min(minimum_, other.minimum_);
        maximum_ = std::max(maximum_, other.maximum_);
    }

    [[nodiscard]] double minimum() const noexcept { return minimum_; }
    [[nodiscard]] double maximum() const noexcept { return maximum_; }

    // The value of the given rank, 0 the smallest.
    [[nodiscard]] double value_at(std::uint64_t rank) const {
        std::uint64_t seen = 0;
        for (std::size_t bin = 0; bin < bins; ++bin) {
            seen += counts_[bin];
            if (seen > rank) {
                return std::clamp(static_cast<double>(bin) / (bins - 1), minimum_, maximum_);
            }
        }
        return maximum_;
    }

  private:
    std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(bins);
    double minimum_ = std::numeric_limits<double>::infinity();
    double maximum_ = -std::numeric_limits<double>::infinity();
};

struct Sums {
    double sum = 0;
    double squares = 0;
};

// The parts, then the score.
constexpr std::size_t values_per_pair = part_count + 1;
using PairValues = std::array<double, values_per_pair>;
using RowSums = std::array<Sums, values_per_pair>;

PairValues values_of(const Recommendation& r) {
    PairValues values{};
    std::copy(r.parts.values.begin(), r.parts.values.end(), values.begin());
    values.back() = r.score;
    return values;
}

Recommendation scored_row(const RowScores& scores, const Features& features, const Weights& weights,
                          std::size_t other) {
    return scored(features.ids[other], weights, scores.with(other));
}

using Histograms = std::array<Histogram, values_per_pair>;

// The sums of each row are added in row order at the end, whichever thread computed them; counts add up in
// any order.
struct Collected {
    std::vector<RowSums> sums;
    Histograms histograms;
};

void collect_row(std::size_t row, const Features& features, const Weights& weights, const RowScores& scores,
                 RowSums& sums, Histograms& histograms) {
    for (std::size_t other = row + 1; other < features.size(); ++other) {
        const PairValues pair = values_of(scored_row(scores, features, weights, other));
        for (std::size_t p = 0; p < values_per_pair; ++p) {
            sums[p].sum += pair[p];
            sums[p].squares += pair[p] * pair[p];
            histograms[p].add(pair[p]);
        }
    }
}

Collected collected(const Features& features, const Weights& weights, std::size_t threads,
                    const Progress& progress) {
    const SimilarityIndex index(features, weights);
    Collected result;
    result.sums.resize(features.size());
    std::list<Histograms> of_workers;
    std::mutex mutex;  // guards of_workers
    in_parallel(features.size(), threads, progress, [&] {
        const std::lock_guard lock(mutex);
        Histograms& histograms = of_workers.emplace_back();
        return [&, scores = RowScores(index)](std::size_t begin, std::size_t end) mutable {
            for (std::size_t row = begin; row < end; ++row) {
                scores.compare(row);
                collect_row(row, features, weights, scores, result.sums[row], histograms);
            }
        };
    });
    for (const Histograms& histograms : of_workers) {
        for (std::size_t p = 0; p < values_per_pair; ++p) {
            result.histograms[p].add(histograms[p]);
        }
    }
    return result;
}

Distribution distribution(const Collected& all, std::size_t part, std::uint64_t pairs) {
    double sum = 0;
    double squares = 0;
    for (const RowSums& row : all.sums) {
        sum += row[part].sum;
        squares += row[part].squares;
    }
    const auto n = static_cast<double>(pairs);
    const Histogram& histogram = all.histograms[part];
    const double mean = sum / n;
    return {.mean = mean,
            .standard_deviation = std::sqrt(std::max(0.0, squares / n - mean * mean)),
            .minimum = histogram.minimum(),
            .maximum = histogram.maximum(),
            .median = (histogram.value_at((pairs - 1) / 2) + histogram.value_at(pairs / 2)) / 2};
}

}  // namespace

SimilarityStatistics similarity_statistics(const Features& features, const Weights& weights,
                                           std::size_t threads, const Progress& progress) {
    const auto n = static_cast<std::uint64_t>(features.size());
    if (n < 2) {
        return {};
    }
    const Collected all = collected(features, weights, threads, progress);
    const std::uint64_t pairs = n * (n - 1) / 2;
    SimilarityStatistics statistics{
        .pairs = pairs, .parts = {}, .score = distribution(all, part_count, pairs)};
    for (std::size_t part = 0; part < part_count; ++part) {
        statistics.parts.values[part] = distribution(all, part, pairs);
    }
    return statistics;
}

std::vector<double> similarity_matrix(const Features& features, const Weights& weights,
                                      std::optional<Part> part, std::size_t threads) {
    const std::size_t value = part ? static_cast<std::size_t>(*part) : part_count;
    const std::size_t n = features.size();
    const SimilarityIndex index(features, weights);
    std::vector<double> matrix(n * n);
    in_parallel(n, threads, no_progress, [&] {
        return [&, scores = RowScores(index)](std::size_t begin, std::size_t end) mutable {
            for (std::size_t row = begin; row < end; ++row) {
                scores.compare(row);
                for (std::size_t other = 0; other < n; ++other) {
                    matrix[row * n + other] = values_of(scored_row(scores, features, weights, other))[value];
                }
            }
        };
    });
    return matrix;
}

}  // namespace bingefriend
