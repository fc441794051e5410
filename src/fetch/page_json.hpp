// What a service answered, looked at as a whole before its shows are read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bingefriend {

// Gives the text the room behind its end that the JSON reader looks into.
void pad_json(std::string& text);

// The elements of a JSON array.
struct ArrayText {
    std::string_view text;  // within the body, brackets included
    std::size_t size = 0;
};

// {"shows": [...], "offset": ...}: the shows.  None where the body is no such page, or names another offset.
// REQUIRES here and below: pad_json(body).
[[nodiscard]] std::optional<ArrayText> show_service_page(const std::string& body, std::size_t offset);

// A page of TVmaze: an array.
[[nodiscard]] std::optional<ArrayText> tvmaze_page(const std::string& body);

// Ids with the times of their last change, in ascending order of ids.
using Updates = std::vector<std::pair<std::int64_t, std::int64_t>>;

// {"1": 1704793667, ...}; none where the body is something else.
[[nodiscard]] std::optional<Updates> tvmaze_updates(const std::string& body);

// Id and `updated` of the shows of a page, in ascending order; records without either are left out.
[[nodiscard]] Updates updates_in(const std::string& page);

// [{"number": 1, "summary": "<p>...</p>"}, ...]: the summaries, a line each, each cut as a show's is and
// together up to 512 KiB.  None where it is something else.
[[nodiscard]] std::optional<std::string> season_summaries(const std::string& body);

}  // namespace bingefriend
