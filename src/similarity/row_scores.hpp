// One show against all: the parts of its similarity to every row.
#pragma once

#include <cstddef>
#include <vector>

#include "domain/parts.hpp"
#include "similarity/index.hpp"

namespace bingefriend {

struct SimilarityIndex {
    explicit SimilarityIndex(const Features& f)
        : features(f), genres(f.genres), metadata(f), lists(f.text, f.vocabulary.terms.size()) {}

    const Features& features;
    GenreSetIndex genres;
    MetadataIndex metadata;
    InvertedLists lists;
};

// Scratch of one thread.  After compare(row), with(other) are the parts of the two.
class RowScores {
  public:
    explicit RowScores(const SimilarityIndex& index);

    void compare(std::size_t row);

    [[nodiscard]] PerPart<double> with(std::size_t row) const noexcept {
        PerPart<double> parts;
        parts[Part::genre] = genre_[index_.genres.set_of[row]];
        parts[Part::text] = text_[row];
        parts[Part::metadata] = metadata_[index_.metadata.class_of[row]];
        return parts;
    }

  private:
    void compare_genres(std::uint32_t set);
    void compare_text(std::size_t row);
    void compare_metadata(std::uint32_t metadata_class);

    const SimilarityIndex& index_;
    std::vector<double> genre_;     // by genre set
    std::vector<double> text_;      // by row: products added in column order
    std::vector<double> metadata_;  // by metadata class
    std::vector<std::uint32_t> shared_;
};

}  // namespace bingefriend
