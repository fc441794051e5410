// A catalogue with many ties.  For tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/show.hpp"

namespace bingefriend {

inline Catalogue some_shows(std::size_t n) {
    const std::vector<std::string> words{"detective", "murder", "city", "war",   "king", "family",
                                         "robot",     "space",  "cook", "judge", "song", "island"};
    const std::vector<std::string> genres{"Drama", "Crime", "Comédie", "Romance", "Nature"};
    Catalogue catalogue;
    for (std::size_t i = 0; i < n; ++i) {
        Show show{.id = ShowId{static_cast<std::int64_t>(i) + 1},
                  .name = "Show " + std::to_string(i),
                  .genres = {genres[i % 5]},
                  .type = i % 4 == 0 ? "Reality" : "Scripted",
                  .language = i % 3 == 0   ? ""
                              : i % 2 == 0 ? "English"
                                           : "Thai",
                  .status = i % 2 == 0 ? "Ended" : "Running",
                  .platform = "Network " + std::to_string(i % 40)};
        if (i % 7 != 0) {
            show.genres.push_back(genres[(i / 5 + 1 + i % 5) % 5]);
        }
        if (i % 3 != 1) {
            show.rating = static_cast<double>(i % 10) + 0.5;
        }
        for (std::size_t k = 1; k < 9; ++k) {
            show.summary_text += words[(i * k + k) % words.size()] + ' ';
        }
        catalogue.shows.push_back(show);
    }
    return catalogue;
}

}  // namespace bingefriend
