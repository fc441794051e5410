#include "similarity/exact_scores.hpp"

#include "similarity/pair_scores.hpp"

namespace bingefriend {

ExactScores::ExactScores(const ScanIndex& index)
    : index_(index),
      weight_(index.features.vocabulary.terms.size()),
      in_query_(index.features.genres.names.size()) {}

void ExactScores::load(std::uint32_t query) {
    if (loaded_) {
        spread(0);
    }
    query_ = query;
    loaded_ = true;
    spread(1);
}

void ExactScores::spread(double sign) {
    const TextMatrix& text = index_.features.text;
    const std::uint32_t row = index_.profiles.rows_of(query_).front();
    const std::span<const std::int32_t> columns = text.columns_of(row);
    const std::span<const double> values = text.values_of(row);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        weight_[static_cast<std::size_t>(columns[i])] = sign * values[i];
    }
    for (const std::int32_t genre : index_.profiles.genres.genres_of(index_.profiles.genre_set[query_])) {
        in_query_[static_cast<std::size_t>(genre)] = sign > 0;
    }
}

Recommendation ExactScores::with(std::uint32_t profile) const {
    const Profiles& profiles = index_.profiles;
    const std::uint32_t row = profiles.rows_of(profile).front();
    const std::span<const std::int32_t> columns = index_.features.text.columns_of(row);
    const std::span<const double> values = index_.features.text.values_of(row);
    double dot = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        dot += weight_[static_cast<std::size_t>(columns[i])] * values[i];
    }
    const std::span<const std::int32_t> genres = profiles.genres.genres_of(profiles.genre_set[profile]);
    std::size_t shared = 0;
    for (const std::int32_t genre : genres) {
        shared += in_query_[static_cast<std::size_t>(genre)];
    }
    const std::size_t query_genres = profiles.genres.genres_of(profiles.genre_set[query_]).size();
    const std::vector<MetadataIndex::Class>& classes = profiles.metadata.classes;
    return scored(index_.features.ids[row], index_.weights, genre_cosine(shared, query_genres, genres.size()),
                  dot,
                  metadata_similarity(classes[profiles.metadata_class[query_]],
                                      classes[profiles.metadata_class[profile]]));
}

void ExactScores::prefetch(std::uint32_t profile) const {
    const std::uint32_t row = index_.profiles.rows_of(profile).front();
    const std::span<const std::int32_t> columns = index_.features.text.columns_of(row);
    const std::span<const double> values = index_.features.text.values_of(row);
    constexpr std::size_t cache_line = 64;
    __builtin_prefetch(columns.data());
    for (std::size_t i = 0; i < values.size(); i += cache_line / sizeof(double)) {
        __builtin_prefetch(values.data() + i);
    }
}

}  // namespace bingefriend
