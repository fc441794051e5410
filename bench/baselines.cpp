#include "bench/baselines.hpp"

#include <cblas.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/parallel.hpp"
#include "similarity/part_functions.hpp"
#include "similarity/row_scores.hpp"
#include "similarity/top_list.hpp"

namespace bingefriend::bench {
namespace {

using Lists = std::vector<std::vector<Recommendation>>;

RecommendationLists joined(const Features& features, const Lists& lists) {
    RecommendationLists result;
    result.shows = features.ids;
    for (const std::vector<Recommendation>& list : lists) {
        result.entries.insert(result.entries.end(), list.begin(), list.end());
        result.start.push_back(result.entries.size());
    }
    return result;
}

constexpr double rounding_of_doubles = 1e-9;
constexpr double rounding_of_floats = 1e-5;

// What the parts that are not rows of features can add to a score.
double beside_rows(const Weights& w) {
    return sum_of(w) - w[Part::genre] - w[Part::text] - w[Part::metadata];
}

// The features of a show in one row (genres, terms, platform, type, language), each block scaled so that the
// dot product of two rows is their score, except rounding and the parts beside the rows.
struct SparseRows {
    struct Entry {
        std::uint32_t index;
        double weight;
    };

    SparseRows(const Features& f, const Weights& w) {
        for (std::size_t row = 0; row < f.size(); ++row) {
            std::size_t offset = 0;
            const auto add = [&](std::int32_t column, double weight) {
                entries.push_back(
                    {static_cast<std::uint32_t>(offset) + static_cast<std::uint32_t>(column), weight});
            };
            const auto genres = f.genres.of(row);
            for (const std::int32_t g : genres) {
                add(g, std::sqrt(w[Part::genre] * f.genres.square(g) / f.genres.squares(genres)));
            }
            offset += f.genres.names.size();
            for (std::size_t i = 0; i < f.text.columns_of(row).size(); ++i) {
                add(f.text.columns_of(row)[i], std::sqrt(w[Part::text]) * f.text.values_of(row)[i]);
            }
            offset += f.vocabulary.terms.size();
            for (const Categories* c : {&f.platform, &f.type, &f.language}) {
                if (c->column[row] != Categories::none) {
                    add(c->column[row], std::sqrt(w[Part::metadata] / 3));
                }
                offset += c->names.size();
            }
            width = offset;
            start.push_back(entries.size());
        }
    }

    [[nodiscard]] std::size_t size() const { return start.size() - 1; }
    [[nodiscard]] std::span<const Entry> of(std::size_t row) const {
        return std::span(entries).subspan(start[row], start[row + 1] - start[row]);
    }

    std::size_t width = 0;
    std::vector<std::size_t> start{0};
    std::vector<Entry> entries;
};

// The rows with a value in a column, in row order.
struct SparseLists {
    explicit SparseLists(const SparseRows& rows) : lists(rows.width) {
        for (std::size_t row = 0; row < rows.size(); ++row) {
            for (const SparseRows::Entry& entry : rows.of(row)) {
                lists[entry.index].push_back({static_cast<std::uint32_t>(row), entry.weight});
            }
        }
    }
    [[nodiscard]] std::span<const SparseRows::Entry> of(std::uint32_t column) const { return lists[column]; }

    std::vector<std::vector<SparseRows::Entry>> lists;
};

// n × width.
std::vector<float> dense(const SparseRows& rows) {
    std::vector<float> values(rows.size() * rows.width);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (const SparseRows::Entry& entry : rows.of(row)) {
            values[row * rows.width + entry.index] = static_cast<float>(entry.weight);
        }
    }
    return values;
}

Recommendation exact(const Features& f, const Weights& w, std::size_t a, std::size_t b) {
    return scored(f.ids[b], w, parts_of_pair(f, w, a, b));
}

// The shows that may be among the N best of a query, by their rounded scores.
class Candidates {
  public:
    Candidates(std::size_t n, double min_score, double rounding)
        : n_(n), rounding_(rounding), least_(min_score - rounding) {}

    [[nodiscard]] double least() const { return least_; }
    void add(std::uint32_t row, double score) {
        found_.push_back({score, row});
        if (found_.size() >= limit_) {
            prune();
        }
    }
    [[nodiscard]] std::vector<Recommendation> list(const Features& f, const RankingSettings& settings,
                                                   std::size_t query) const {
        TopList top(settings.top_n, settings.min_similarity);
        for (const Found& found : found_) {
            if (found.row != query && found.score >= least_) {
                top.offer(exact(f, settings.weights, query, found.row));
            }
        }
        return top.take();
    }

  private:
    struct Found {
        double score;
        std::uint32_t row;
    };

    void prune() {
        const auto nth = found_.begin() + static_cast<std::ptrdiff_t>(n_);  // the query itself is one of them
        std::nth_element(found_.begin(), nth, found_.end(),
                         [](const Found& a, const Found& b) { return a.score > b.score; });
        least_ = std::max(least_, nth->score - 2 * rounding_);
        std::erase_if(found_, [&](const Found& found) { return found.score < least_; });
        limit_ = std::max(limit_, 2 * found_.size());
    }

    std::size_t n_;
    double rounding_;
    double least_;
    std::size_t limit_ = 4 * n_ + 64;
    std::vector<Found> found_;
};

}  // namespace

RecommendationLists by_inverted_lists(const Features& features, const RankingSettings& settings,
                                      std::size_t threads) {
    const SparseRows rows(features, settings.weights);
    const SparseLists lists_of(rows);
    Lists lists(features.size());
    in_parallel(features.size(), threads, no_progress, [&] {
        return [&, sums = std::vector<double>(features.size())](std::size_t begin, std::size_t end) mutable {
            for (std::size_t row = begin; row < end; ++row) {
                for (const SparseRows::Entry& own : rows.of(row)) {
                    for (const SparseRows::Entry& other : lists_of.of(own.index)) {
                        sums[other.index] += own.weight * other.weight;
                    }
                }
                Candidates candidates(settings.top_n, settings.min_similarity,
                                      rounding_of_doubles + beside_rows(settings.weights));
                for (std::size_t other = 0; other < sums.size(); ++other) {
                    if (sums[other] >= candidates.least()) {
                        candidates.add(static_cast<std::uint32_t>(other), sums[other]);
                    }
                    sums[other] = 0;
                }
                lists[row] = candidates.list(features, settings, row);
            }
        };
    });
    return joined(features, lists);
}

RecommendationLists by_grouped_lists(const Features& features, const RankingSettings& settings,
                                     std::size_t threads) {
    const SimilarityIndex index(features, settings.weights);
    Lists lists(features.size());
    in_parallel(features.size(), threads, no_progress, [&] {
        return [&, scores = RowScores(index)](std::size_t begin, std::size_t end) mutable {
            for (std::size_t row = begin; row < end; ++row) {
                scores.compare(row);
                TopList top(settings.top_n, settings.min_similarity);
                const Weights& w = settings.weights;
                for (std::size_t other = 0; other < features.size(); ++other) {
                    // The exact, rounded score is computed only for shows that may enter.
                    const PerPart<double> parts = scores.with(other);
                    if (weighted_sum(w, parts) + rounding_of_doubles >= top.threshold() && other != row) {
                        top.offer(scored(features.ids[other], w, parts));
                    }
                }
                lists[row] = top.take();
            }
        };
    });
    return joined(features, lists);
}

RecommendationLists by_dense_blocks(const Features& features, const RankingSettings& settings,
                                    std::size_t threads) {
    constexpr std::size_t panel = 2'048;
    openblas_set_num_threads(1);  // each thread multiplies its own blocks
    const SparseRows rows(features, settings.weights);
    const std::vector<float> values = dense(rows);
    const auto row = [&](std::size_t r) { return values.data() + r * rows.width; };
    const auto width = static_cast<blasint>(rows.width);
    Lists lists(features.size());
    in_parallel(features.size(), threads, no_progress, [&] {
        return [&, products = std::vector<float>()](std::size_t begin, std::size_t end) mutable {
            const std::size_t queries = end - begin;
            products.resize(queries * panel);
            std::vector<Candidates> candidates(
                queries, Candidates(settings.top_n, settings.min_similarity,
                                    rounding_of_floats + beside_rows(settings.weights)));
            for (std::size_t first = 0; first < features.size(); first += panel) {
                const std::size_t columns = std::min(panel, features.size() - first);
                cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, static_cast<blasint>(queries),
                            static_cast<blasint>(columns), width, 1.0F, row(begin), width, row(first), width,
                            0.0F, products.data(), static_cast<blasint>(panel));
                for (std::size_t q = 0; q < queries; ++q) {
                    Candidates& found = candidates[q];
                    const float* scores = products.data() + q * panel;
                    auto least = static_cast<float>(found.least());
                    for (std::size_t c = 0; c < columns; ++c) {
                        if (scores[c] >= least) {
                            found.add(static_cast<std::uint32_t>(first + c), double{scores[c]});
                            least = static_cast<float>(found.least());
                        }
                    }
                }
            }
            for (std::size_t q = 0; q < queries; ++q) {
                lists[begin + q] = candidates[q].list(features, settings, begin + q);
            }
        };
    });
    return joined(features, lists);
}

}  // namespace bingefriend::bench
