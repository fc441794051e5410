// The response of a service, checked as a whole before its shows are read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bingefriend {

// Adds the padding that the JSON parser needs.
void pad_json(std::string& text);

// The elements of a JSON array.
struct ArrayText {
    std::string_view text;  // within the body, brackets included
    std::size_t size = 0;
};

// {"shows": [...], "offset": ...}: the shows.  None if the body is not such a page, or has another offset.
// REQUIRES here and below: pad_json(body).
[[nodiscard]] std::optional<ArrayText> show_service_page(const std::string& body, std::size_t offset);

// A page of TVmaze: an array.
[[nodiscard]] std::optional<ArrayText> tvmaze_page(const std::string& body);

// Ids with the times of their last change, in ascending order of ids.
using Updates = std::vector<std::pair<std::int64_t, std::int64_t>>;

// {"1": 1704793667, ...}; none if the body is something else.
[[nodiscard]] std::optional<Updates> tvmaze_updates(const std::string& body);

// Id and `updated` of the shows of a page, in ascending order; records without either are left out.
[[nodiscard]] Updates updates_in(const std::string& page);

// [{"number": 1, "summary": "<p>...</p>"}, ...]: the summaries, one per line, each limited as
// that of a show, at most 512 KiB together.  None if the body is something else.
[[nodiscard]] std::optional<std::string> season_summaries(const std::string& body);

}  // namespace bingefriend
