// How many typing errors lie between two words.
#pragma once

#include <cstddef>
#include <string_view>

namespace bingefriend {

// The longest word that edit_distance compares.
constexpr std::size_t max_typed_letters = 64;

// Letters inserted, left out, changed or swapped with their neighbour (optimal string alignment).
// REQUIRES: typed.size() <= max_typed_letters.  Cost: the product of the lengths.
[[nodiscard]] std::size_t edit_distance(std::u32string_view typed, std::u32string_view other);

}  // namespace bingefriend
