// What a published generation carries so that any question can be answered from it.
#pragma once

#include <vector>

#include "domain/features.hpp"

namespace bingefriend {

// What a question may ask of a show that the features do not tell: every name has a column here.
struct Facets {
    Categories language;
    Categories network;  // the platform of a show
    Categories status;
    std::vector<double> rating;  // n; not a number where a show has none
};

struct StoredFeatures {
    Features features;
    Facets facets;
};

}  // namespace bingefriend
