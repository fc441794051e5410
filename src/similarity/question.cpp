#include "similarity/question.hpp"

#include <cmath>
#include <numeric>

#include "similarity/index.hpp"
#include "similarity/pair_scores.hpp"
#include "similarity/top_list.hpp"

namespace bingefriend {

struct QuestionIndex::Arranged {
    explicit Arranged(const Features& f) : features(f), genres(f.genres), metadata(f) {}

    const Features& features;
    GenreSetIndex genres;
    MetadataIndex metadata;
};

namespace {

// Sums what each side of a question adds: the likes with 1 / likes, the dislikes with -1 / dislikes.
// A sum of one share alone is that share, to the last bit.
template <typename Add>
void for_each_side(const Question& question, Add add) {
    for (const FeatureRow& like : question.likes) {
        add(like, static_cast<double>(question.likes.size()));
    }
    for (const FeatureRow& dislike : question.dislikes) {
        add(dislike, -static_cast<double>(question.dislikes.size()));
    }
}

// By genre set.
std::vector<double> genre_parts(const Question& question, const GenreSetIndex& sets) {
    std::vector<double> parts(sets.size());
    std::vector<std::uint32_t> shared(sets.size());
    std::vector<std::uint32_t> touched;
    for_each_side(question, [&](const FeatureRow& row, double divisor) {
        touched.clear();
        for (const std::int32_t genre : row.genres) {
            for (const std::uint32_t set : sets.with_genre[static_cast<std::size_t>(genre)]) {
                if (shared[set]++ == 0) {
                    touched.push_back(set);
                }
            }
        }
        for (const std::uint32_t set : touched) {
            parts[set] += genre_cosine(shared[set], row.genre_count, sets.genres_of(set).size()) / divisor;
            shared[set] = 0;
        }
    });
    return parts;
}

// By metadata class.
std::vector<double> metadata_parts(const Question& question,
                                   const std::vector<MetadataIndex::Class>& classes) {
    std::vector<double> parts(classes.size());
    for_each_side(question, [&](const FeatureRow& row, double divisor) {
        const MetadataIndex::Class own{row.platform, row.type, row.language};
        for (std::size_t c = 0; c < classes.size(); ++c) {
            parts[c] += metadata_similarity(own, classes[c]) / divisor;
        }
    });
    return parts;
}

// By term.
std::vector<double> text_weights(const Question& question, std::size_t terms) {
    std::vector<double> weights(terms);
    for_each_side(question, [&](const FeatureRow& row, double divisor) {
        for (std::size_t i = 0; i < row.terms.size(); ++i) {
            weights[static_cast<std::size_t>(row.terms[i])] += row.weights[i] / divisor;
        }
    });
    return weights;
}

double dot_product(const std::vector<double>& weights, const TextMatrix& text, std::size_t row) {
    const std::span<const std::int32_t> columns = text.columns_of(row);
    const std::span<const double> values = text.values_of(row);
    double dot = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        dot += weights[static_cast<std::size_t>(columns[i])] * values[i];
    }
    return dot;
}

}  // namespace

QuestionIndex::QuestionIndex(const Features& features) : arranged_(std::make_unique<Arranged>(features)) {}
QuestionIndex::QuestionIndex(QuestionIndex&&) noexcept = default;
QuestionIndex::~QuestionIndex() = default;

std::vector<Recommendation> QuestionIndex::answer(const Question& question,
                                                  std::span<const std::uint8_t> allowed) const {
    const auto& [features, sets, metadata] = *arranged_;
    const Weights& w = question.ranking.weights;
    const std::vector<double> genre_of_set = genre_parts(question, sets);
    const std::vector<double> metadata_of_class = metadata_parts(question, metadata.classes);
    const std::vector<double> weights = text_weights(question, features.vocabulary.terms.size());
    constexpr double rounding = 1e-9;  // more than the roundings of parts and score can add
    // The most that text can add, as rows have length 1.
    const double reach =
        w[Part::text] * std::sqrt(std::inner_product(weights.begin(), weights.end(), weights.begin(), 0.0));

    TopList top(question.ranking.top_n, question.ranking.min_similarity);
    for (std::size_t row = 0; row < features.size(); ++row) {
        if (allowed[row] == 0) {
            continue;
        }
        PerPart<double> parts;
        parts[Part::genre] = genre_of_set[sets.set_of[row]];
        parts[Part::metadata] = metadata_of_class[metadata.class_of[row]];
        const double base = weighted_sum(w, parts) + rounding;
        if (base + reach < top.threshold()) {
            continue;
        }
        parts[Part::text] = dot_product(weights, features.text, row);
        if (base + w[Part::text] * parts[Part::text] >= top.threshold()) {
            top.offer(scored(features.ids[row], w, parts));
        }
    }
    return top.take();
}

}  // namespace bingefriend
