#include "similarity/reasons.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "similarity/reason_sentence.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_terms = 3;

bool has(std::span<const std::int32_t> columns, std::int32_t column) {
    return std::binary_search(columns.begin(), columns.end(), column);
}

// The name, if one of the likes has the same.
std::string_view shared_name(const std::vector<ExplainedShow>& likes, const ExplainedShow& show,
                             std::string_view ExplainedShow::*name) {
    const std::string_view wanted = show.*name;
    const bool shared =
        std::any_of(likes.begin(), likes.end(), [&](const auto& like) { return like.*name == wanted; });
    return shared ? wanted : std::string_view();
}

std::string_view name_in(const Categories& categories, std::size_t row) {
    const std::int32_t column = categories.column[row];
    return column == Categories::none ? std::string_view()
                                      : categories.names[static_cast<std::size_t>(column)];
}

}  // namespace

ExplainedShow explained_show(const StoredFeatures& stored, std::size_t row) {
    const Features& f = stored.features;
    return {.genres = f.genres.of(row),
            .terms = f.text.columns_of(row),
            .weights = f.text.values_of(row),
            .type = f.type.column[row],
            .network = name_in(stored.facets.network, row),
            .language = name_in(stored.facets.language, row),
            .year = f.values[Part::year].of(row)};
}

ExplainedShow explained_show(const FeatureRow& row, std::string_view network, std::string_view language) {
    return {.genres = row.genres,
            .terms = row.terms,
            .weights = row.weights,
            .type = row.type,
            .network = network,
            .language = language,
            .year = row.values[Part::year]};
}

Explainer::Explainer(const Features& features, std::vector<ExplainedShow> likes,
                     std::string_view usual_language)
    : features_(features), likes_(std::move(likes)), usual_language_(usual_language) {
    std::size_t terms = 0;
    for (const ExplainedShow& like : likes_) {
        terms += like.terms.size();
    }
    mean_.resize(std::bit_ceil(4 * terms + 1));
    for (const ExplainedShow& like : likes_) {
        for (std::size_t i = 0; i < like.terms.size(); ++i) {
            Weight& mean = mean_[place_of(like.terms[i])];
            mean.term = like.terms[i];
            mean.weight += like.weights[i] / static_cast<double>(likes_.size());
        }
    }
}

std::size_t Explainer::place_of(std::int32_t term) const {
    const std::size_t last = mean_.size() - 1;
    std::size_t place = static_cast<std::size_t>(term) & last;
    while (mean_[place].term != term && mean_[place].term != no_term) {
        place = (place + 1) & last;
    }
    return place;
}

std::vector<SharedTerm> Explainer::shared_terms(const ExplainedShow& show) const {
    const auto carries_more = [](const Weight& a, const Weight& b) {
        return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
    };
    std::array<Weight, max_terms + 1> most;  // the last is the next to be placed
    std::size_t count = 0;
    double dot = 0;
    for (std::size_t i = 0; i < show.terms.size(); ++i) {
        const std::int32_t term = show.terms[i];
        const Weight& like = mean_[place_of(term)];
        if (like.term == no_term) {
            continue;
        }
        most[count] = {term, show.weights[i] * like.weight};
        dot += most[count].weight;
        for (std::size_t at = count; at > 0 && carries_more(most[at], most[at - 1]); --at) {
            std::swap(most[at], most[at - 1]);
        }
        count = std::min(count + 1, max_terms);
    }
    std::vector<SharedTerm> terms;
    terms.reserve(count);
    for (std::size_t i = 0; i < count && most[i].weight > 0; ++i) {
        terms.push_back({features_.vocabulary.terms[static_cast<std::size_t>(most[i].term)],
                         std::min(most[i].weight / dot, 1.0)});
    }
    return terms;
}

Reasons Explainer::of(const ExplainedShow& show) const {
    const auto any_like = [&](auto holds) { return std::any_of(likes_.begin(), likes_.end(), holds); };
    Reasons reasons;
    reasons.genres.reserve(show.genres.size());
    for (const std::int32_t genre : show.genres) {
        if (any_like([&](const ExplainedShow& like) { return has(like.genres, genre); })) {
            reasons.genres.push_back(features_.genres.names[static_cast<std::size_t>(genre)]);
        }
    }
    reasons.terms = shared_terms(show);
    reasons.network = shared_name(likes_, show, &ExplainedShow::network);
    reasons.language = shared_name(likes_, show, &ExplainedShow::language);
    const std::int32_t type = show.type;
    if (type >= 0 && any_like([&](const ExplainedShow& like) { return like.type == type; })) {
        reasons.type = features_.type.names[static_cast<std::size_t>(type)];
    }
    if (show.year != ValueColumn::none &&
        any_like([&](const ExplainedShow& like) { return like.year == show.year; })) {
        reasons.year = static_cast<int>(show.year);
    }
    reasons.sentence = reason_sentence(reasons, {.several = likes_.size() > 1,
                                                 .usual_language = reasons.language == usual_language_,
                                                 .terms_of_names = features_.settings.text.name > 0});
    return reasons;
}

}  // namespace bingefriend
