// Why a show is recommended: what it has in common with the shows that it is recommended for.
#pragma once

#include <string>
#include <vector>

namespace bingefriend {

struct SharedTerm {
    std::string term;
    double share = 0;  // of what the text adds to the score, above 0, 1 at most

    friend bool operator==(const SharedTerm&, const SharedTerm&) = default;
};

// Only what is so: texts are empty and lists are empty where nothing is shared.
struct Reasons {
    std::vector<std::string> genres;
    std::vector<SharedTerm> terms;  // three at most, the greatest share first
    std::string network;
    std::string type;
    std::string language;
    std::string sentence;  // the same in English: "Both are crime dramas on AMC."

    friend bool operator==(const Reasons&, const Reasons&) = default;
};

}  // namespace bingefriend
