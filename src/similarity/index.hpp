// The catalogue arranged to compare one show with all: shows by genre set and by class, and the inverted
// index of the terms.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "domain/features.hpp"
#include "similarity/part_functions.hpp"

namespace bingefriend {

// Distinct genre sets, numbered so that neighbours share their commonest genres.
struct GenreSetIndex {
    explicit GenreSetIndex(const GenreSets& genres);

    [[nodiscard]] std::size_t size() const noexcept { return start.size() - 1; }
    [[nodiscard]] std::span<const std::int32_t> genres_of(std::uint32_t set) const noexcept {
        return std::span(genre).subspan(start[set], start[set + 1] - start[set]);
    }

    std::vector<std::uint32_t> set_of;                   // n
    std::vector<std::vector<std::uint32_t>> with_genre;  // genre -> sets that hold it
    std::vector<double> square;                          // of the weight of a genre
    std::vector<double> squares;                         // of the length of a set
    std::vector<std::size_t> start{0};                   // sets + 1
    std::vector<std::int32_t> genre;                     // of a set, ascending
};

// The shows by what one part compares: shows of one class have the same part with every other show.
struct ClassIndex {
    // REQUIRES: the part has a class_key; `features` outlives the index.
    ClassIndex(const Features& features, Part part);

    [[nodiscard]] std::size_t size() const noexcept { return classes.size(); }
    // The part of a show of this class in the list of `query`, not rounded.
    [[nodiscard]] double similarity(const ShowFeatures& query, std::uint32_t other) const {
        return function(*features, query, classes[other]);
    }

    const Features* features;
    Part part;
    decltype(PartFunction::of) function;
    std::vector<std::uint32_t> class_of;  // n
    std::vector<ShowFeatures> classes;    // one show of each
};

// Of those of the parts that go by classes.
template <typename Parts>
[[nodiscard]] std::vector<ClassIndex> class_indexes(const Features& features, const Parts& parts) {
    std::vector<ClassIndex> indexes;
    for (const PartDefinition& d : parts) {
        if (part_function(d.part).class_key != nullptr) {
            indexes.emplace_back(features, d.part);
        }
    }
    return indexes;
}

struct InvertedIndex {
    struct Posting {
        std::uint32_t row;
        double weight;
    };

    InvertedIndex(const TextMatrix& text, std::size_t terms);

    [[nodiscard]] std::span<const Posting> of(std::int32_t term) const noexcept {
        const auto t = static_cast<std::size_t>(term);
        return std::span(postings).subspan(start[t], start[t + 1] - start[t]);
    }

    std::vector<std::size_t> start;  // terms + 1
    std::vector<Posting> postings;   // of a term in row order
};

}  // namespace bingefriend
