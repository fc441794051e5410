// The options of a ratings file, and who likes which show of a catalogue.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>

#include "app/option.hpp"
#include "domain/show.hpp"
#include "evaluation/likes.hpp"
#include "evaluation/lists.hpp"
#include "ratings/ratings_file.hpp"

namespace bingefriend {

struct RatingsOptions {
    std::optional<std::filesystem::path> file;
    std::optional<double> like;
    RatingsFormat format;  // `like` is not used
    std::size_t min_raters = 20;
};

void add_options(OptionList& list, RatingsOptions& options);

// Throws Error{usage} if one of --ratings and --like is missing.
void check(const RatingsOptions& options);

struct RatedShows {
    Likes likes;  // the rows are those of the catalogue
    RatingsReport report;
};

// rows: the shows that may take part. REQUIRES: check(options). Throws as read_ratings and Likes.
[[nodiscard]] RatedShows read_rated_shows(const RatingsOptions& options, const Catalogue& catalogue,
                                          std::span<const std::size_t> rows);

// The years of premiere of all shows, in catalogue order.
[[nodiscard]] Years years_of(const Catalogue& catalogue);

// The values of some rows.
template <typename Rows>
[[nodiscard]] Years years_at(const Years& years, const Rows& rows) {
    Years result;
    for (const auto row : rows) {
        result.push_back(years[row]);
    }
    return result;
}

}  // namespace bingefriend
