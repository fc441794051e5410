#include "kernel/genre_parts.hpp"

#include <algorithm>
#include <cmath>

namespace bingefriend {

GenreParts::GenreParts(const ScanIndex& index)
    : index_(index),
      inverse_length_(index.profiles.genres.size()),
      shared_(index.profiles.genres.size()),
      greatest_(index.profiles.genres.size()),
      parts_(index.profiles.genres.size()) {
    for (std::size_t set = 0; set < inverse_length_.size(); ++set) {
        inverse_length_[set] = 1 / std::sqrt(index.profiles.genres.squares[set]);
    }
}

void GenreParts::load(const QueryBlock& block) {
    for (const std::uint32_t set : sharing_) {
        greatest_[set] = 0;
    }
    sharing_.clear();
    const std::vector<std::uint32_t>& set_of = index_.profiles.genre_set;
    for (std::size_t begin = 0; begin < block.size();) {
        const std::uint32_t set = set_of[block.query(begin)];
        std::size_t end = begin + 1;
        while (end < block.size() && set_of[block.query(end)] == set) {
            ++end;
        }
        load(set, begin, end);
        begin = end;
    }
    std::sort(sharing_.begin(), sharing_.end());
}

// The lanes from begin to end have the same genres.
void GenreParts::load(std::uint32_t query_set, std::size_t begin, std::size_t end) {
    const GenreSetIndex& genres = index_.profiles.genres;
    touched_.clear();
    for (const std::int32_t genre : genres.genres_of(query_set)) {
        const double square = genres.square[static_cast<std::size_t>(genre)];
        for (const std::uint32_t set : genres.with_genre[static_cast<std::size_t>(genre)]) {
            if (shared_[set] == 0) {
                touched_.push_back(set);
            }
            shared_[set] += square;
        }
    }
    const double scale = one * index_.weights[Part::genre] * inverse_length_[query_set];
    for (const std::uint32_t set : touched_) {
        const double part = scale * shared_[set] * inverse_length_[set];
        shared_[set] = 0;
        // At least 1, which differs from no shared genre; within the error bound.
        const auto rounded = static_cast<Units>(std::max(1.0, part + 0.5));
        if (greatest_[set] == 0) {
            sharing_.push_back(set);
            parts_[set] = {};
        }
        greatest_[set] = std::max(greatest_[set], rounded);
        std::fill(parts_[set].begin() + begin, parts_[set].begin() + end, rounded);
    }
}

}  // namespace bingefriend
