// Inputs of any size on which a parser could take too long.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

struct OddInput {
    std::string_view name;
    std::function<std::string(std::size_t bytes)> of_size;
    bool is_summary = false;  // HTML for summary_text, else a catalogue
};

[[nodiscard]] const std::vector<OddInput>& odd_inputs();

}  // namespace bingefriend
