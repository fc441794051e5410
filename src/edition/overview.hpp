// The counts of a catalogue: for filters and for operators.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/published.hpp"
#include "domain/recommendation.hpp"
#include "edition/indexed_features.hpp"

namespace bingefriend {

struct NamedCount {
    std::string name;
    std::size_t shows = 0;

    friend bool operator==(const NamedCount&, const NamedCount&) = default;
};

struct CatalogueOverview {
    std::int64_t generation = 0;
    Weights weights = default_weights;
    std::size_t shows = 0;
    std::size_t with_genres = 0;
    std::size_t with_terms = 0;  // of the vocabulary, in the summary
    std::size_t with_network = 0;
    std::size_t with_type = 0;
    std::size_t with_language = 0;
    std::size_t with_rating = 0;
    // Most shows first, then by name.
    std::vector<NamedCount> genres;
    std::vector<NamedCount> types;
    std::vector<NamedCount> languages;
    std::vector<NamedCount> networks;  // the first 50
    std::vector<NamedCount> statuses;
    std::array<std::size_t, 20> ratings{};  // by half a point, 10 with the last
    // A few shows to begin with: those with the highest ratings of the shows with the lowest ids, which are
    // the best known, each with other genres.
    std::vector<ShowId> well_known;
};

// Cost: a pass over the shows.
[[nodiscard]] CatalogueOverview overview_of(const Generation& generation, const IndexedFeatures& indexed);

}  // namespace bingefriend
