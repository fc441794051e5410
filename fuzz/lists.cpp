// Parses a file of lists.
#include <algorithm>
#include <span>

#include "fuzz.hpp"
#include "ratings/lists_file.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    const auto source = [&](std::span<char> buffer) {
        const std::size_t got = input.copy(buffer.data(), std::min<std::size_t>(buffer.size(), 61));
        input.remove_prefix(got);
        return got;
    };
    const ShowLists lists = read_lists(source, "input");
    if (lists.size() == 0 || !std::is_sorted(lists.shows.begin(), lists.shows.end())) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
