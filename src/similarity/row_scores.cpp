#include "similarity/row_scores.hpp"

#include <algorithm>

#include "similarity/part_functions.hpp"

namespace bingefriend {

RowScores::RowScores(const SimilarityIndex& index)
    : index_(index), genre_(index.genres.size()), text_(index.features.size()), shared_(index.genres.size()) {
    for (const ClassIndex& c : index.classes) {
        by_class_.push_back({c.part, c.class_of, std::vector<double>(c.size())});
    }
}

void RowScores::compare(std::size_t row) {
    compare_genres(index_.genres.set_of[row]);
    compare_text(row);
    compare_classes(row);
}

void RowScores::compare_genres(std::uint32_t set) {
    const GenreSetIndex& genres = index_.genres;
    std::fill(shared_.begin(), shared_.end(), 0.0);
    for (const std::int32_t genre : genres.genres_of(set)) {
        for (const std::uint32_t other : genres.with_genre[static_cast<std::size_t>(genre)]) {
            shared_[other] += genres.square[static_cast<std::size_t>(genre)];
        }
    }
    for (std::uint32_t other = 0; other < genres.size(); ++other) {
        genre_[other] = genre_cosine(shared_[other], genres.squares[set], genres.squares[other]);
    }
}

void RowScores::compare_text(std::size_t row) {
    std::fill(text_.begin(), text_.end(), 0.0);
    const std::span<const std::int32_t> terms = index_.features.text.columns_of(row);
    const std::span<const double> weights = index_.features.text.values_of(row);
    for (std::size_t i = 0; i < terms.size(); ++i) {
        for (const InvertedIndex::Posting& posting : index_.terms.of(terms[i])) {
            text_[posting.row] += weights[i] * posting.weight;
        }
    }
}

void RowScores::compare_classes(std::size_t row) {
    const ShowFeatures show = show_features(index_.features, row);
    for (std::size_t p = 0; p < by_class_.size(); ++p) {
        for (std::uint32_t other = 0; other < by_class_[p].similarity.size(); ++other) {
            by_class_[p].similarity[other] = index_.classes[p].similarity(show, other);
        }
    }
}

}  // namespace bingefriend
