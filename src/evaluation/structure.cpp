#include "evaluation/structure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace bingefriend {
namespace {

// A mean of some values; none if there are none.
class Mean {
  public:
    void add(double value) {
        sum_ += value;
        ++count_;
    }
    void add(const Mean& other) {
        if (other.count_ > 0) {
            add(*other.value());
        }
    }
    [[nodiscard]] std::optional<double> value() const {
        return count_ == 0 ? std::nullopt : std::optional(sum_ / static_cast<double>(count_));
    }

  private:
    double sum_ = 0;
    std::size_t count_ = 0;
};

using GenreSet = std::vector<std::uint32_t>;  // ascending, each once

std::vector<GenreSet> genre_sets(const Catalogue& catalogue, std::span<const std::size_t> rows) {
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::vector<GenreSet> result;
    for (const std::size_t row : rows) {
        GenreSet& genres = result.emplace_back();
        for (const std::string& genre : catalogue.shows[row].genres) {
            genres.push_back(
                numbers.try_emplace(genre, static_cast<std::uint32_t>(numbers.size())).first->second);
        }
        std::sort(genres.begin(), genres.end());
        genres.erase(std::unique(genres.begin(), genres.end()), genres.end());
    }
    return result;
}

double shared_count(const GenreSet& a, const GenreSet& b) {
    std::size_t count = 0;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        count += *x == *y ? 1 : 0;
        const bool next_x = *x <= *y;
        y += *y <= *x ? 1 : 0;
        x += next_x ? 1 : 0;
    }
    return static_cast<double>(count);
}

Mean diversity(std::span<const std::uint32_t> list, const std::vector<GenreSet>& genres) {
    Mean mean;
    for (std::size_t i = 0; i < list.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const auto& a = genres[list[i]];
            const auto& b = genres[list[j]];
            if (!a.empty() && !b.empty()) {
                mean.add(1 - shared_count(a, b) / std::sqrt(static_cast<double>(a.size() * b.size())));
            }
        }
    }
    return mean;
}

Mean distance(std::size_t show, std::span<const std::uint32_t> list, const Years& years) {
    Mean mean;
    for (const std::uint32_t entry : list) {
        if (years[show] && years[entry]) {
            mean.add(std::abs(*years[show] - *years[entry]));
        }
    }
    return mean;
}

Mean overlap(std::span<const std::uint32_t> list, std::span<const std::uint32_t> first) {
    Mean mean;
    for (const std::uint32_t entry : list) {
        mean.add(std::find(first.begin(), first.end(), entry) == first.end() ? 0 : 1);
    }
    return mean;
}

}  // namespace

std::vector<Structure> structures(const Catalogue& catalogue, std::span<const std::size_t> rows,
                                  const Years& years, std::span<const ItemLists> sets, std::size_t length) {
    const std::vector<GenreSet> genres = genre_sets(catalogue, rows);
    const auto beginning = [&](const ItemLists& lists, std::size_t show) {
        const auto list = lists.of(show);
        return list.first(std::min(list.size(), length));
    };
    std::vector<Structure> result;
    for (const ItemLists& set : sets) {
        Mean lengths;
        Mean diversities;
        Mean distances;
        Mean overlaps;
        for (std::size_t show = 0; show < rows.size(); ++show) {
            const auto list = beginning(set, show);
            lengths.add(static_cast<double>(list.size()));
            diversities.add(diversity(list, genres));
            distances.add(distance(show, list, years));
            if (&set != sets.data()) {
                overlaps.add(overlap(list, beginning(sets.front(), show)));
            }
        }
        result.push_back({.mean_length = lengths.value().value_or(0),
                          .spread = spread(set, rows.size(), length),
                          .genre_diversity = diversities.value(),
                          .years_apart = distances.value(),
                          .overlap_with_first = overlaps.value()});
    }
    return result;
}

}  // namespace bingefriend
