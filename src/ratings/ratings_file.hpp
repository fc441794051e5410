// A file of ratings -> who likes which show.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "bytes/byte_source.hpp"
#include "evaluation/likes.hpp"
#include "ratings/show_keys.hpp"

namespace bingefriend {

struct RatingsFormat {
    std::string user_column = "user";
    std::string item_column = "item";
    std::string rating_column = "rating";
    double like = 0;  // a user likes a show that is rated at least so
};

struct RatingsReport {
    std::size_t rows = 0;       // ratings, good and bad
    std::size_t unknown = 0;    // of shows that the catalogue does not have
    std::size_t skipped = 0;    // could not be read
    std::string first_skipped;  // "row 17: the rating is not a number"; empty if none was skipped
};

struct Ratings {
    std::vector<Like> likes;  // repeated ones are not removed
    RatingsReport report;
};

struct RatingLimits {
    static constexpr std::size_t field_bytes = 1u << 16;
    static constexpr std::size_t key_bytes = 256;  // of a user or an item
    static constexpr std::size_t columns = 1'000;
    static constexpr std::size_t users = 10'000'000;   // who like a show: about 1 GB
    static constexpr std::size_t likes = 100'000'000;  // 0.8 GB here
};

// Reads CSV with a header (RFC 4180), plain, gzip or zstd. Shows are named as in ShowKeys. A bad row is
// skipped and counted. Throws Error{unavailable} if the file cannot be read, Error{input} if it has no such
// columns, ends too early, is above a limit or rates no show of the catalogue.
//
// Cost: linear in the rows; memory: 8 bytes per like, about 100 per user.
[[nodiscard]] Ratings read_ratings(const std::filesystem::path& path, const RatingsFormat& format,
                                   const ShowKeys& shows);

// The same for decompressed bytes; `name` is for messages.
[[nodiscard]] Ratings read_ratings(const ByteSource& source, const std::string& name,
                                   const RatingsFormat& format, const ShowKeys& shows);

}  // namespace bingefriend
