// What a kind of catalogue looks like, in figures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bingefriend::bench {

struct Share {
    std::string_view name;
    double share;
};

// How new things turn up beside those seen before.
struct UrnFigures {
    double strength;
    double discount;
};

struct Profile {
    std::vector<std::string> genres;
    std::vector<double> genre_shares;  // how often a set holds it, in proportion
    std::vector<double> genre_counts;  // share of shows with 0, 1, 2, ... genres
    UrnFigures genre_sets;
    std::vector<Share> types;
    double type_of_genres;  // share of shows with the type usual for their genre set
    double type_missing;
    std::vector<Share> languages;
    double language_missing;
    UrnFigures platforms;
    double platform_missing;
    double status_missing;
    double rating_missing;

    double text_share;        // shows with a summary
    double stock_text_share;  // of those: a short text that many share
    double median_words;
    double word_spread;              // deviation of the logarithm of the length
    std::vector<Share> stock_words;  // words in so many texts, beside the vocabulary
};

// The names of the profiles: "tvmaze", a catalogue of TV alone, and "mixed", of TV and films from many
// sources.
[[nodiscard]] const std::vector<std::string>& profile_names();
// REQUIRES: one of profile_names().
[[nodiscard]] Profile profile(std::string_view name);

}  // namespace bingefriend::bench
