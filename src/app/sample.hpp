// The catalogue that the program carries.
#pragma once

#include <string_view>

extern "C" {
extern const char bingefriend_sample_begin[];
extern const char bingefriend_sample_end[];
}

namespace bingefriend {

// NDJSON in the TVMaze shape: sample/catalogue.ndjson.
[[nodiscard]] inline std::string_view sample_catalogue() noexcept {
    return {bingefriend_sample_begin,
            static_cast<std::size_t>(bingefriend_sample_end - bingefriend_sample_begin)};
}

}  // namespace bingefriend
