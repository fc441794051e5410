#include "features/features.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "base/code_points.hpp"
#include "features/categories.hpp"
#include "features/tf_idf.hpp"
#include "features/tokens.hpp"

namespace bingefriend {
namespace {

// One field of every show; the views live as long as the catalogue.
std::vector<std::string_view> column(const Catalogue& catalogue, std::string Show::*field) {
    std::vector<std::string_view> values;
    values.reserve(catalogue.shows.size());
    for (const Show& show : catalogue.shows) {
        values.push_back(show.*field);
    }
    return values;
}

// The column of a name; where it has none that of "other", or none where nothing has it.
std::int32_t column_of(const std::string& name, const Categories& categories, bool has_other) {
    const auto end = categories.names.end() - (has_other ? 1 : 0);
    const auto at = std::find(categories.names.begin(), end, name);
    return at == end && !has_other ? Categories::none
                                   : static_cast<std::int32_t>(at - categories.names.begin());
}

double rating_of(const Show& show) {
    return show.rating.value_or(ValueColumn::none);
}

double year_of(const Show& show) {
    const std::string_view year = std::string_view(show.premiered).substr(0, 4);
    double value = 0;
    for (const char c : year) {
        if (c < '0' || c > '9') {
            return ValueColumn::none;
        }
        value = 10 * value + (c - '0');
    }
    return year.size() == 4 ? value : ValueColumn::none;
}

}  // namespace

PerPart<ValueColumn> show_values(const Catalogue& catalogue) {
    PerPart<ValueColumn> values;
    ValueColumn& year = values[Part::year];
    for (const Show& show : catalogue.shows) {
        year.value.push_back(year_of(show));
        year.reference = std::max(year.reference, year.value.back());
    }
    ValueColumn& rating = values[Part::rating];
    double sum = 0;
    std::size_t rated = 0;
    for (const Show& show : catalogue.shows) {
        rating.value.push_back(rating_of(show));
        sum += show.rating.value_or(0);
        rated += show.rating ? 1 : 0;
    }
    rating.reference = rated == 0 ? 0 : sum / static_cast<double>(rated);
    return values;
}

Features compute_features(const Catalogue& catalogue, const FeatureSettings& settings, std::size_t threads,
                          const Progress& progress) {
    Features features;
    features.settings = settings;
    for (const Show& show : catalogue.shows) {
        features.ids.push_back(show.id);
    }
    features.genres = genre_sets(catalogue, settings.genre_idf);
    features.platform = top_categories(column(catalogue, &Show::platform), settings.top_n_platforms);
    features.type = all_categories(column(catalogue, &Show::type));
    features.language = top_categories(column(catalogue, &Show::language), settings.top_n_languages);
    TextFeatures text = text_features({{column(catalogue, &Show::summary_text), settings.text.summary},
                                       {column(catalogue, &Show::name), settings.text.name}},
                                      settings.text, threads, progress);
    features.values = show_values(catalogue);
    features.vocabulary = std::move(text.vocabulary);
    features.text = std::move(text.matrix);
    return features;
}

Facets compute_facets(const Catalogue& catalogue) {
    Facets facets;
    facets.language = all_categories(column(catalogue, &Show::language));
    facets.network = all_categories(column(catalogue, &Show::platform));
    facets.status = all_categories(column(catalogue, &Show::status));
    for (const Show& show : catalogue.shows) {
        facets.rating.push_back(show.rating.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return facets;
}

FeatureRow foreign_row(const Show& show, const Features& features) {
    FeatureRow row;
    const std::set<std::string_view> genres(show.genres.begin(), show.genres.end());
    const std::vector<std::string>& names = features.genres.names;
    for (std::size_t column = 0; column < names.size(); ++column) {
        if (genres.contains(names[column])) {
            row.genres.push_back(static_cast<std::int32_t>(column));
        }
    }
    const auto unknown = static_cast<double>(genres.size() - row.genres.size());
    row.genre_squares = features.genres.squares(row.genres) +
                        unknown * features.genres.unknown_idf * features.genres.unknown_idf;
    const TextSettings& settings = features.settings.text;
    TextMatrix text = text_row({{{show.summary_text}, settings.summary}, {{show.name}, settings.name}},
                               features.vocabulary, settings);
    row.terms = std::move(text.column);
    row.weights = std::move(text.value);
    row.platform = column_of(show.platform, features.platform, true);
    row.type = column_of(show.type, features.type, false);
    row.language = column_of(show.language, features.language, true);
    row.values[Part::year] = year_of(show);
    row.values[Part::rating] = rating_of(show);
    return row;
}

std::string folded(std::string_view text) {
    return normalised_text(text);
}

namespace {

constexpr std::size_t most_word_bytes = 200;

bool is_in_word(std::int32_t c) {
    return c >= 0 && is_word_character(c);
}

bool is_no_blank(std::int32_t c) {
    return c >= 0 && u_isUWhiteSpace(c) == 0;
}

// The runs of characters that the predicate takes, without apostrophes within them, cut.
template <typename IsPart>
std::vector<std::string> runs_of(std::string_view text, bool with_apostrophes, IsPart is_part) {
    constexpr std::int32_t apostrophe = 0x27;
    constexpr std::int32_t right_quote = 0x2019;
    std::vector<std::string> runs;
    std::string run;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t before = at;
        const std::int32_t c = next_code_point(text, at);
        if (!with_apostrophes && (c == apostrophe || c == right_quote)) {
            continue;
        }
        if (is_part(c)) {
            if (run.size() + (at - before) <= most_word_bytes) {
                run.append(text, before, at - before);
            }
        } else if (!run.empty()) {
            runs.push_back(std::exchange(run, {}));
        }
    }
    if (!run.empty()) {
        runs.push_back(std::move(run));
    }
    return runs;
}

}  // namespace

std::vector<std::string> name_words(std::string_view name) {
    const std::string text = folded(name);
    std::vector<std::string> words = runs_of(text, false, is_in_word);
    return words.empty() ? runs_of(text, true, is_no_blank) : words;
}

std::vector<NameWord> name_words(const Catalogue& catalogue) {
    std::vector<NameWord> all;
    for (const Show& show : catalogue.shows) {
        std::vector<std::string> words = name_words(show.name);
        const auto count = static_cast<std::uint32_t>(words.size());
        for (std::uint32_t position = 0; position < count; ++position) {
            all.push_back({show.id, std::move(words[position]), position, count});
        }
    }
    std::sort(all.begin(), all.end(), [](const NameWord& a, const NameWord& b) {
        return std::tie(a.word, a.show, a.position) < std::tie(b.word, b.show, b.position);
    });
    return all;
}

}  // namespace bingefriend
