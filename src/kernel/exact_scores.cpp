#include "kernel/exact_scores.hpp"

#include <span>

#include "base/prefetch.hpp"
#include "similarity/part_functions.hpp"

namespace bingefriend {

ExactScores::ExactScores(const ScanIndex& index)
    : index_(index),
      weight_(index.features.vocabulary.terms.size()),
      square_in_query_(index.features.genres.names.size()) {}

void ExactScores::load(std::uint32_t query) {
    if (loaded_) {
        spread(0);
    }
    query_ = query;
    loaded_ = true;
    spread(1);
}

void ExactScores::spread(double sign) {
    const FixedRows& rows = index_.rows;
    for (std::size_t i = rows.start[query_]; i < rows.start[query_ + 1]; ++i) {
        weight_[rows.column[i]] = sign * rows.exact_weight[i];
    }
    for (const std::int32_t genre : index_.profiles.genres.genres_of(index_.profiles.genre_set[query_])) {
        square_in_query_[static_cast<std::size_t>(genre)] =
            sign * index_.profiles.genres.square[static_cast<std::size_t>(genre)];
    }
}

Recommendation ExactScores::with(std::uint32_t profile) const {
    const Profiles& profiles = index_.profiles;
    const FixedRows& rows = index_.rows;
    double dot = 0;
    for (std::size_t i = rows.start[profile]; i < rows.start[profile + 1]; ++i) {
        dot += weight_[rows.column[i]] * rows.exact_weight[i];
    }
    const std::span<const std::int32_t> genres = profiles.genres.genres_of(profiles.genre_set[profile]);
    double shared = 0;
    for (const std::int32_t genre : genres) {
        shared += square_in_query_[static_cast<std::size_t>(genre)];
    }
    PerPart<double> parts;
    parts[Part::genre] = genre_cosine(shared, profiles.genres.squares[profiles.genre_set[query_]],
                                      profiles.genres.squares[profiles.genre_set[profile]]);
    parts[Part::text] = dot;
    const auto query_classes = profiles.classes_of(query_);
    const auto other_classes = profiles.classes_of(profile);
    for (std::size_t p = 0; p < profiles.classes.size(); ++p) {
        const ClassIndex& index = profiles.classes[p];
        parts[index.part] = index.similarity(index.classes[query_classes[p]], other_classes[p]);
    }
    const std::uint32_t row = profiles.rows_of(profile).front();
    return scored(index_.features.ids[row], index_.weights, parts);
}

void ExactScores::prefetch(std::uint32_t profile) const {
    const FixedRows& rows = index_.rows;
    const std::size_t begin = rows.start[profile];
    const std::size_t terms = rows.start[profile + 1] - begin;
    bingefriend::prefetch(std::span(rows.column).subspan(begin, terms));
    bingefriend::prefetch(std::span(rows.exact_weight).subspan(begin, terms));
}

}  // namespace bingefriend
