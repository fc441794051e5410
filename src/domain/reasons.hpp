// Why a show is recommended: what it has in common with the shows that it is recommended for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

struct SharedTerm {
    std::string_view term;
    double share = 0;  // of what the text adds to the score, above 0, 1 at most

    friend bool operator==(const SharedTerm&, const SharedTerm&) = default;
};

// Only what is so: texts are empty and lists are empty where nothing is shared.  Names are views of the
// features.
struct Reasons {
    std::vector<std::string_view> genres;
    std::vector<SharedTerm> terms;  // three at most, the greatest share first
    std::string_view network;
    std::string_view type;
    std::string_view language;
    int year = 0;          // of premiere; 0: not shared, or not a part of the score
    std::string sentence;  // the same in English: "Both are crime dramas on AMC."

    friend bool operator==(const Reasons&, const Reasons&) = default;
};

}  // namespace bingefriend
