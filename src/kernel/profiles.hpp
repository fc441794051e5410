// Equal shows merged into profiles, sorted by genre set and classes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/parts.hpp"
#include "similarity/index.hpp"

namespace bingefriend {

// Shows that are equal in every part that counts share a *profile*: their scores with any other show are
// equal, so one comparison serves them all.  Profiles of one genre set and the same classes (index.hpp) form
// a *group*: they differ only in their text.  Order: genre set, classes, first row.
struct Profiles {
    struct Group {
        std::uint32_t begin, end;  // profiles
    };

    // A part counts if it has a weight.  REQUIRES: `features` outlives the profiles.
    Profiles(const Features& features, const Weights& weights);

    [[nodiscard]] std::size_t size() const noexcept { return row_start.size() - 1; }
    // Rows of the features, ascending; never empty.
    [[nodiscard]] std::span<const std::uint32_t> rows_of(std::size_t profile) const noexcept {
        return std::span(rows).subspan(row_start[profile], row_start[profile + 1] - row_start[profile]);
    }
    // The class of the profile in each of `classes`.
    [[nodiscard]] std::span<const std::uint32_t> classes_of(std::size_t profile) const noexcept {
        return std::span(class_numbers).subspan(profile * classes.size(), classes.size());
    }
    [[nodiscard]] std::span<const Group> groups_of(std::uint32_t set) const noexcept {
        return std::span(groups).subspan(group_start[set], group_start[set + 1] - group_start[set]);
    }
    // REQUIRES: two profiles of one genre set.
    [[nodiscard]] bool same_group(std::size_t a, std::size_t b) const noexcept {
        return std::ranges::equal(classes_of(a), classes_of(b));
    }
    // The first profile of a genre set, or of the next one.
    [[nodiscard]] std::uint32_t begin_of(std::uint32_t set) const noexcept { return set_start[set]; }
    [[nodiscard]] std::uint32_t end_of(std::uint32_t set) const noexcept { return set_start[set + 1]; }

    GenreSetIndex genres;
    std::vector<ClassIndex> classes;           // of the parts by class
    std::vector<std::uint32_t> genre_set;      // of a profile
    std::vector<std::uint32_t> class_numbers;  // profiles × classes
    std::vector<Group> groups;
    std::vector<std::uint32_t> set_start;     // genre sets + 1: profiles
    std::vector<std::uint32_t> group_start;   // genre sets + 1: groups
    std::vector<std::uint32_t> row_start{0};  // profiles + 1
    std::vector<std::uint32_t> rows;
};

}  // namespace bingefriend
