#include "app/quality/rated_shows.hpp"

#include <utility>
#include <vector>

#include "base/error.hpp"
#include "features/features.hpp"
#include "ratings/show_keys.hpp"

namespace bingefriend {

void add_options(OptionList& list, RatingsOptions& options) {
    RatingsFormat& format = options.format;
    append(list,
           {{"--ratings", &options.file, "Ratings as CSV; plain, gzip or zstd", "FILE"},
            {"--like", &options.like, "A user likes a show that is rated at least so", Range{-1e9, 1e9}},
            {"--user-column", &format.user_column, "Column of the users"},
            {"--item-column", &format.item_column, "Column of the shows: ids, imdb:tt... or thetvdb:N"},
            {"--rating-column", &format.rating_column, "Column of the ratings"},
            {"--min-raters", &options.min_raters, "Users that must like a show that takes part",
             Range{1, 1e9}}});
}

void check(const RatingsOptions& options) {
    if (!options.file) {
        throw Error(ErrorKind::usage, "there are no ratings", "", "give them with --ratings FILE");
    }
    if (!options.like) {
        throw Error(ErrorKind::usage, "--ratings needs the rating from which on a user likes a show", "",
                    "give it with --like NUMBER");
    }
}

RatedShows read_rated_shows(const RatingsOptions& options, const Catalogue& catalogue,
                            std::span<const std::size_t> rows) {
    RatingsFormat format = options.format;
    format.like = *options.like;
    Ratings ratings = read_ratings(*options.file, format, ShowKeys(catalogue, rows));
    std::vector<ShowId> ids;
    for (const Show& show : catalogue.shows) {
        ids.push_back(show.id);
    }
    return {Likes(std::move(ratings.likes), ids, options.min_raters), std::move(ratings.report)};
}

Years years_of(const Catalogue& catalogue) {
    const PerPart<ValueColumn> values = show_values(catalogue);
    Years years;
    for (std::size_t row = 0; row < catalogue.shows.size(); ++row) {
        const double year = values[Part::year].of(row);
        years.push_back(year == ValueColumn::none ? std::nullopt : std::optional(year));
    }
    return years;
}

}  // namespace bingefriend
