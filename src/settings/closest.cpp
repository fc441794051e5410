#include "settings/closest.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "base/code_points.hpp"
#include "base/edit_distance.hpp"

namespace bingefriend {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

}  // namespace

std::string closest(std::string_view typed, const std::vector<std::string>& names) {
    const std::string wanted = lower(typed);
    const std::u32string letters = letters_of(wanted);
    const std::size_t dashes = std::min(wanted.find_first_not_of('-'), wanted.size());
    const std::size_t count = letters.size() - dashes;
    if (count < 2 || letters.size() > max_typed_letters) {
        return {};
    }
    std::size_t min_errors = count < 4 ? 2 : count < 8 ? 3 : 4;  // one more than is accepted
    std::string found;
    for (const std::string& name : names) {
        const std::string candidate = lower(name);
        const std::size_t errors =
            candidate.starts_with(wanted) ? 1 : edit_distance(letters, letters_of(candidate));
        if (errors < min_errors) {
            min_errors = errors;
            found = name;
        }
    }
    return found;
}

}  // namespace bingefriend
