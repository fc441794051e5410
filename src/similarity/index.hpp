// The catalogue arranged for one show against all: shows by genre set and metadata class, and the
// inverted lists of the terms.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "domain/features.hpp"

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
    std::vector<std::size_t> start{0};                   // sets + 1
    std::vector<std::int32_t> genre;
};

struct MetadataIndex {
    struct Class {
        std::int32_t platform, type, language;
        friend auto operator<=>(const Class&, const Class&) = default;
    };

    explicit MetadataIndex(const Features& features);

    std::vector<std::uint32_t> class_of;  // n
    std::vector<Class> classes;
};

// Shares of 1/3 that two classes have in common, as the score counts them.
[[nodiscard]] double metadata_similarity(const MetadataIndex::Class& a,
                                         const MetadataIndex::Class& b) noexcept;

struct InvertedLists {
    struct Posting {
        std::uint32_t row;
        double weight;
    };

    InvertedLists(const TextMatrix& text, std::size_t terms);

    [[nodiscard]] std::span<const Posting> of(std::int32_t term) const noexcept {
        const auto t = static_cast<std::size_t>(term);
        return std::span(postings).subspan(start[t], start[t + 1] - start[t]);
    }

    std::vector<std::size_t> start;  // terms + 1
    std::vector<Posting> postings;   // of a term in row order
};

}  // namespace bingefriend
