// A count in a JSON file.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

namespace bingefriend {

// Throws Json::exception if it is not one: nlohmann alone turns -1 into a huge one.
[[nodiscard]] inline std::uint64_t count_in(const nlohmann::ordered_json& json) {
    if (!json.is_number_unsigned()) {
        throw nlohmann::ordered_json::other_error::create(501, "a negative or broken count", nullptr);
    }
    return json.get<std::uint64_t>();
}

}  // namespace bingefriend
