// What a question of the API asks for, read from its query string and checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/target.hpp"
#include "edition/query.hpp"

namespace bingefriend {

// A request has an invalid parameter; `expected` is the message for the client.
struct BadParameter {
    std::string expected;  // "n must be between 1 and 50"
};

inline constexpr std::size_t max_names = 50;    // of one filter, empty ones included
inline constexpr std::size_t max_tags = 5'000;  // of an external text: HTML costs more time than words

// All functions throw BadParameter.

// n and min_similarity, the filters (genre, type, language, network, status, min_rating, exclude), weights,
// diversity and max_per_franchise.
[[nodiscard]] Query query_in(const Target& target);

// True if the stored list of a show answers the query.
[[nodiscard]] bool is_plain(const Query& query);

// The ids of every parameter of this name, with commas between; at most `most`.
[[nodiscard]] std::vector<ShowId> ids_in(const Target& target, std::string_view name, std::size_t most);

// A whole number of this name, within bounds; `otherwise` if it is not given.
[[nodiscard]] std::int64_t number_in(const Target& target, std::string_view name, std::int64_t least,
                                     std::int64_t greatest, std::int64_t otherwise);

// A show object, or {"text": ...}, as the body of a request has it.
struct GivenShow {
    Show show;
    bool text_alone = false;
};
[[nodiscard]] GivenShow show_in(std::string_view body);

}  // namespace bingefriend
