// The statistics of a kind of catalogue.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bingefriend::bench {

struct Share {
    std::string_view name;
    double share;
};

// Parameters of an urn: how often new items appear.
struct UrnFigures {
    double strength;
    double discount;
};

struct Profile {
    std::vector<std::string> genres;
    std::vector<double> genre_shares;  // relative frequency in genre sets
    std::vector<double> genre_counts;  // fraction of shows with 0, 1, 2, ... genres
    UrnFigures genre_sets;
    std::vector<Share> types;
    double type_of_genres;  // fraction of shows with the most frequent type of their genre set
    double type_missing;
    std::vector<Share> languages;
    double language_missing;
    UrnFigures platforms;
    double platform_missing;
    double status_missing;
    double rating_missing;

    double text_share;        // shows with a summary
    double stock_text_share;  // fraction of these with a short text that many shows share
    double median_words;
    double word_spread;              // standard deviation of the logarithm of the length
    std::vector<Share> stock_words;  // words with this text frequency, outside the vocabulary
};

// The names of the profiles: "tvmaze", a catalogue of TV only, and "mixed", TV and films from many
// sources.
[[nodiscard]] const std::vector<std::string>& profile_names();
// REQUIRES: one of profile_names().
[[nodiscard]] Profile profile(std::string_view name);

}  // namespace bingefriend::bench
