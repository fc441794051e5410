// Compares one show with all: the parts of its similarity to every row.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "domain/parts.hpp"
#include "similarity/index.hpp"

namespace bingefriend {

struct SimilarityIndex {
    // For scores with these weights.
    SimilarityIndex(const Features& f, const Weights& weights)
        : features(f),
          genres(f.genres),
          classes(class_indexes(f, shown_parts(weights))),
          terms(f.text, f.vocabulary.terms.size()) {}

    const Features& features;
    GenreSetIndex genres;
    std::vector<ClassIndex> classes;
    InvertedIndex terms;
};

// Scratch of one thread.  After compare(row), with(other) returns the parts of the two.
class RowScores {
  public:
    explicit RowScores(const SimilarityIndex& index);

    void compare(std::size_t row);

    [[nodiscard]] PerPart<double> with(std::size_t row) const noexcept {
        PerPart<double> parts;
        parts[Part::genre] = genre_[index_.genres.set_of[row]];
        parts[Part::text] = text_[row];
        for (const ByClass& part : by_class_) {
            parts[part.part] = part.similarity[part.class_of[row]];
        }
        return parts;
    }

  private:
    struct ByClass {
        Part part;
        std::span<const std::uint32_t> class_of;
        std::vector<double> similarity;  // by class
    };

    void compare_genres(std::uint32_t set);
    void compare_text(std::size_t row);
    void compare_classes(std::size_t row);

    const SimilarityIndex& index_;
    std::vector<double> genre_;  // by genre set
    std::vector<double> text_;   // by row: products added in column order
    std::vector<ByClass> by_class_;
    std::vector<double> shared_;  // squares, by genre set
};

}  // namespace bingefriend
