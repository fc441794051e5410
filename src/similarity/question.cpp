#include "similarity/question.hpp"

#include <cmath>
#include <numeric>

#include "similarity/index.hpp"
#include "similarity/part_functions.hpp"
#include "similarity/top_list.hpp"

namespace bingefriend {

struct QuestionIndex::Arranged {
    explicit Arranged(const Features& f)
        : features(f), genres(f.genres), classes(class_indexes(f, all_parts)) {}

    const Features& features;
    GenreSetIndex genres;
    std::vector<ClassIndex> classes;
};

namespace {

// Visits the shows of both sides: the likes count 1 / likes each, the dislikes -1 / dislikes.  A sum over one
// like is the value of that like, to the last bit.
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
    std::vector<double> shared(sets.size());  // squares
    std::vector<std::uint32_t> touched;
    for_each_side(question, [&](const FeatureRow& row, double divisor) {
        touched.clear();
        for (const std::int32_t genre : row.genres) {
            for (const std::uint32_t set : sets.with_genre[static_cast<std::size_t>(genre)]) {
                if (shared[set] == 0) {
                    touched.push_back(set);
                }
                shared[set] += sets.square[static_cast<std::size_t>(genre)];
            }
        }
        for (const std::uint32_t set : touched) {
            parts[set] += genre_cosine(shared[set], row.genre_squares, sets.squares[set]) / divisor;
            shared[set] = 0;
        }
    });
    return parts;
}

// By class.
std::vector<double> class_parts(const Question& question, const ClassIndex& index) {
    std::vector<double> parts(index.size());
    const bool symmetric = part_function(index.part).symmetric;
    for_each_side(question, [&](const FeatureRow& row, double divisor) {
        if (divisor < 0 && !symmetric) {
            return;
        }
        const ShowFeatures query = show_features(row);
        for (std::uint32_t c = 0; c < parts.size(); ++c) {
            parts[c] += index.similarity(query, c) / divisor;
        }
    });
    return parts;
}

// A part by class, of every class, for one question.
struct ByClass {
    Part part;
    std::span<const std::uint32_t> class_of;
    std::vector<double> parts;
};

std::vector<ByClass> parts_by_class(const Question& question, const std::vector<ClassIndex>& indexes) {
    std::vector<ByClass> all;
    for (const PartDefinition& d : shown_parts(question.ranking.weights)) {
        for (const ClassIndex& index : indexes) {
            if (index.part == d.part) {
                all.push_back({d.part, index.class_of, class_parts(question, index)});
            }
        }
    }
    return all;
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
    const auto& [features, sets, classes] = *arranged_;
    const Weights& w = question.ranking.weights;
    const std::vector<double> genre_of_set = genre_parts(question, sets);
    const std::vector<ByClass> by_class = parts_by_class(question, classes);
    const std::vector<double> weights = text_weights(question, features.vocabulary.terms.size());
    constexpr double rounding = 1e-9;  // more than the rounding of parts and score can add
    // The most that text can add: rows have length 1.
    const double reach =
        w[Part::text] * std::sqrt(std::inner_product(weights.begin(), weights.end(), weights.begin(), 0.0));

    TopList top(question.ranking.top_n, question.ranking.min_similarity);
    for (std::size_t row = 0; row < features.size(); ++row) {
        if (allowed[row] == 0) {
            continue;
        }
        PerPart<double> parts;
        parts[Part::genre] = genre_of_set[sets.set_of[row]];
        for (const ByClass& part : by_class) {
            parts[part.part] = part.parts[part.class_of[row]];
        }
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
