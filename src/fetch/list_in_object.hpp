// An object that is not a show but has a list of them: {"shows": [...]}, {"status": "ok", "data": {"items":
// [...]}}.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace bingefriend {

struct ListInObject {
    // The array of objects, with brackets; an empty array if it is the only one.  None if there is none, if
    // there are several and none is called `shows`, or if the object itself has an id or a name.
    std::optional<std::string_view> text{};
    bool is_one_of_several = false;  // and none is called `shows`
};

// REQUIRES: simdjson's padding follows `json`; `capacity` includes it.
[[nodiscard]] ListInObject list_in_object(std::string_view json, std::size_t capacity);

}  // namespace bingefriend
