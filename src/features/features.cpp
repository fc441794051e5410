#include "features/features.hpp"

#include <vector>

#include "features/categories.hpp"
#include "features/tf_idf.hpp"

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

}  // namespace

Features compute_features(const Catalogue& catalogue, const FeatureSettings& settings, std::size_t threads,
                          const Progress& progress) {
    Features features;
    features.settings = settings;
    for (const Show& show : catalogue.shows) {
        features.ids.push_back(show.id);
    }
    features.genres = genre_sets(catalogue);
    features.platform = top_categories(column(catalogue, &Show::platform), settings.top_n_platforms);
    features.type = all_categories(column(catalogue, &Show::type));
    features.language = top_categories(column(catalogue, &Show::language), settings.top_n_languages);
    TextFeatures text =
        text_features(column(catalogue, &Show::summary_text), settings.text, threads, progress);
    features.vocabulary = std::move(text.vocabulary);
    features.text = std::move(text.matrix);
    return features;
}

}  // namespace bingefriend
