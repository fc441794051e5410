#include "similarity/reasons.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "similarity/reason_sentence.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t most_terms = 3;

bool has(const std::vector<std::int32_t>& columns, std::int32_t column) {
    return std::binary_search(columns.begin(), columns.end(), column);
}

// The name where one of the likes has it too.
std::string shared_name(const std::vector<ExplainedShow>& likes, const ExplainedShow& show,
                        std::string ExplainedShow::*name) {
    const std::string& wanted = show.*name;
    const bool shared =
        std::any_of(likes.begin(), likes.end(), [&](const auto& like) { return like.*name == wanted; });
    return shared ? wanted : std::string();
}

}  // namespace

Explainer::Explainer(const Features& features, std::vector<ExplainedShow> likes, std::string usual_language)
    : features_(features), likes_(std::move(likes)), usual_language_(std::move(usual_language)) {
    std::map<std::int32_t, double> sum;
    for (const ExplainedShow& like : likes_) {
        for (std::size_t i = 0; i < like.row.terms.size(); ++i) {
            sum[like.row.terms[i]] += like.row.weights[i] / static_cast<double>(likes_.size());
        }
    }
    for (const auto& [term, weight] : sum) {
        mean_.push_back({term, weight});
    }
}

std::vector<SharedTerm> Explainer::shared_terms(const FeatureRow& row) const {
    std::vector<Weight> products;
    double dot = 0;
    for (std::size_t i = 0; i < row.terms.size(); ++i) {
        const auto at =
            std::lower_bound(mean_.begin(), mean_.end(), row.terms[i],
                             [](const Weight& entry, std::int32_t term) { return entry.term < term; });
        if (at != mean_.end() && at->term == row.terms[i]) {
            products.push_back({row.terms[i], row.weights[i] * at->weight});
            dot += products.back().weight;
        }
    }
    const std::size_t count = std::min(most_terms, products.size());
    std::partial_sort(products.begin(), products.begin() + static_cast<std::ptrdiff_t>(count), products.end(),
                      [](const Weight& a, const Weight& b) {
                          return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
                      });
    std::vector<SharedTerm> terms;
    for (std::size_t i = 0; i < count && products[i].weight > 0; ++i) {
        terms.push_back({features_.vocabulary.terms[static_cast<std::size_t>(products[i].term)],
                         std::min(products[i].weight / dot, 1.0)});
    }
    return terms;
}

Reasons Explainer::of(const ExplainedShow& show) const {
    const auto any_like = [&](auto holds) { return std::any_of(likes_.begin(), likes_.end(), holds); };
    Reasons reasons;
    for (const std::int32_t genre : show.row.genres) {
        if (any_like([&](const ExplainedShow& like) { return has(like.row.genres, genre); })) {
            reasons.genres.push_back(features_.genres.names[static_cast<std::size_t>(genre)]);
        }
    }
    reasons.terms = shared_terms(show.row);
    reasons.network = shared_name(likes_, show, &ExplainedShow::network);
    reasons.language = shared_name(likes_, show, &ExplainedShow::language);
    const std::int32_t type = show.row.type;
    if (type >= 0 && any_like([&](const ExplainedShow& like) { return like.row.type == type; })) {
        reasons.type = features_.type.names[static_cast<std::size_t>(type)];
    }
    reasons.sentence = reason_sentence(
        reasons, {.several = likes_.size() > 1, .usual_language = reasons.language == usual_language_});
    return reasons;
}

}  // namespace bingefriend
