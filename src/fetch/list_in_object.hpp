// An object that is no show, but holds the list of them: {"shows": [...]}, {"status": "ok", "data": {"items":
// [...]}}.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace bingefriend {

struct ListInObject {
    // The array of objects, brackets included; an empty array if it is the only one.  None where there is
    // none, or several and none is called `shows`, or the object has an id or a name of its own.
    std::optional<std::string_view> text{};
    bool is_one_of_several = false;  // that are not called `shows`
};

// REQUIRES: simdjson's padding may be read behind `json`; `capacity` counts it in.
[[nodiscard]] ListInObject list_in_object(std::string_view json, std::size_t capacity);

}  // namespace bingefriend
