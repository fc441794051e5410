#include "bench/generate/profile.hpp"

#include <fmt/format.h>

#include <cmath>

namespace bingefriend::bench {
namespace {

// Counted in 35,888 shows of TVmaze (genres, types) and in 1,645 of them (the rest).
Profile tvmaze() {
    Profile p;
    p.genres = {"Drama",   "Comedy",       "Crime",   "Romance",  "Children",  "Family",  "Adventure",
                "Action",  "Music",        "History", "Thriller", "Mystery",   "Fantasy", "Science-Fiction",
                "Nature",  "Food",         "Travel",  "Anime",    "Horror",    "DIY",     "Sports",
                "Medical", "Supernatural", "War",     "Legal",    "Espionage", "Western", "Adult"};
    p.genre_shares = {.2923, .2015, .1195, .0958, .0753, .0599, .0584, .0499, .0431, .0431,
                      .0426, .0370, .0359, .0312, .0290, .0285, .0282, .0271, .0227, .0150,
                      .0149, .0140, .0135, .0086, .0060, .0039, .0033, .0015};
    p.genre_counts = {.2858, .2748, .2132, .2048, .0215};
    p.genre_sets = {450, .42};
    p.types = {{"Scripted", .391}, {"Documentary", .2246}, {"Reality", .1858},   {"Animation", .0988},
               {"Variety", .0274}, {"Talk Show", .0269},   {"Game Show", .0216}, {"News", .0104},
               {"Sports", .0091},  {"Panel Show", .0030},  {"Award Show", .0014}};
    p.type_of_genres = .35;
    p.type_missing = 0;
    p.languages = {{"English", .49},  {"Chinese", .12},   {"Russian", .08},     {"Norwegian", .05},
                   {"Korean", .04},   {"Japanese", .023}, {"Swedish", .023},    {"Spanish", .019},
                   {"French", .018},  {"German", .017},   {"Dutch", .016},      {"Danish", .012},
                   {"Polish", .01},   {"Turkish", .01},   {"Portuguese", .009}, {"Hindi", .008},
                   {"Italian", .008}, {"Finnish", .007},  {"Arabic", .006},     {"Thai", .006}};
    p.language_missing = .034;
    p.platforms = {30, .5};
    p.platform_missing = .02;
    p.status_missing = 0;
    p.rating_missing = .7;
    p.text_share = .75;
    p.stock_text_share = 0;
    p.median_words = 55;
    p.word_spread = .68;
    return p;
}

// Counted in 84,606 items: series, anime and films.
Profile mixed() {
    Profile p;
    p.genre_shares = {.3103, .2909, .1212, .0925, .0915, .0840, .0713, .0712, .0657, .0550,
                      .0507, .0423, .0386, .0344, .0344, .0331, .0325, .0286, .0281, .0267,
                      .0240, .0237, .0228, .0226, .0215, .0203, .0198, .0186, .0159, .0154};
    while (p.genre_shares.size() < 164) {
        p.genre_shares.push_back(p.genre_shares.back() * .955);
    }
    for (std::size_t i = 0; i < p.genre_shares.size(); ++i) {
        p.genres.push_back(fmt::format("Genre {}", i + 1));
    }
    p.genre_counts = {.0179, .2878, .3471, .2385, .0628, .0283, .0115, .0041, .0011, .0009};
    p.genre_sets = {900, .66};
    p.types = {{"Movie", .7355},      {"TV", .0609},      {"TV Show", .053},   {"OVA", .0316},
               {"Scripted", .0283},   {"Special", .0267}, {"ONA", .023},       {"Music", .0179},
               {"Documentary", .008}, {"Reality", .006},  {"Animation", .0091}};
    p.type_of_genres = .35;
    p.type_missing = .029;
    p.languages = {{"en", .553},      {"English", .206},   {"fr", .054},      {"it", .032},
                   {"ja", .025},      {"es", .015},        {"Chinese", .013}, {"de", .009},
                   {"Russian", .007}, {"Norwegian", .005}, {"ru", .005}};
    p.language_missing = .818;
    p.platforms = {30, .6};
    p.platform_missing = .952;
    p.status_missing = .981;
    p.rating_missing = .68;
    p.text_share = .946;
    p.stock_text_share = .035;
    p.median_words = 42;
    p.word_spread = .70;
    p.stock_words = {{"film", .43},     {"directed", .38}, {"american", .30}, {"starring", .25},
                     {"drama", .20},    {"comedy", .16},   {"written", .11},  {"based", .09},
                     {"produced", .08}, {"silent", .06}};
    return p;
}

}  // namespace

const std::vector<std::string>& profile_names() {
    static const std::vector<std::string> names{"tvmaze", "mixed"};
    return names;
}

Profile profile(std::string_view name) {
    return name == "mixed" ? mixed() : tvmaze();
}

}  // namespace bingefriend::bench
