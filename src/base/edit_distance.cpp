#include "base/edit_distance.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace bingefriend {

std::size_t edit_distance(std::u32string_view typed, std::u32string_view other) {
    using Column = std::array<std::size_t, max_typed_letters + 1>;  // errors of the first letters of `typed`
    std::array<Column, 3> columns{};
    Column* before_last = &columns[0];
    Column* last = &columns[1];
    Column* column = &columns[2];
    for (std::size_t i = 0; i <= typed.size(); ++i) {
        (*column)[i] = i;
    }
    for (std::size_t j = 1; j <= other.size(); ++j) {
        std::swap(before_last, last);
        std::swap(last, column);
        (*column)[0] = j;
        for (std::size_t i = 1; i <= typed.size(); ++i) {
            const std::size_t changed = (*last)[i - 1] + (typed[i - 1] == other[j - 1] ? 0 : 1);
            (*column)[i] = std::min({changed, (*last)[i] + 1, (*column)[i - 1] + 1});
            if (i > 1 && j > 1 && typed[i - 1] == other[j - 2] && typed[i - 2] == other[j - 1]) {
                (*column)[i] = std::min((*column)[i], (*before_last)[i - 2] + 1);
            }
        }
    }
    return (*column)[typed.size()];
}

}  // namespace bingefriend
