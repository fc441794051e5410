// Parses a file of ratings.
#include "ratings/ratings_file.hpp"

#include <algorithm>
#include <span>

#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    const Catalogue catalogue{
        {{.id = ShowId{1}, .links = {.imdb = "tt1"}}, {.id = ShowId{2}, .links = {.thetvdb = 5}}}};
    const std::vector<std::size_t> rows{0, 1};
    const auto source = [&](std::span<char> buffer) {
        const std::size_t got = input.copy(buffer.data(), std::min<std::size_t>(buffer.size(), 61));
        input.remove_prefix(got);
        return got;
    };
    const Ratings ratings = read_ratings(source, "input", {.like = 3}, ShowKeys(catalogue, rows));
    const RatingsReport& report = ratings.report;
    if (ratings.likes.size() + report.unknown + report.skipped > report.rows ||
        report.first_skipped.empty() != (report.skipped == 0)) {
        __builtin_trap();
    }
    for (const Like& like : ratings.likes) {
        if (like.show > 1 || like.user >= ratings.likes.size()) {
            __builtin_trap();
        }
    }
}

}  // namespace bingefriend
