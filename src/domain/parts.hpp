// The parts of a score: one table.  Whatever weighs, stores or shows the parts iterates over it.
//
// Each part is defined as a function of two shows' features in similarity/part_functions.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bingefriend {

enum class Part : std::uint8_t { genre, text, metadata, year, rating };

struct PartDefinition {
    Part part;
    std::string_view name;       // in weights, JSON and --NAME-weight; columns NAME_weight and NAME_score
    std::string_view score_key;  // NAME_score
    double default_weight;
    std::string_view title;  // of its column in a table
    std::string_view help;   // of --NAME-weight
    bool always_shown;       // even with weight 0; other parts are then not computed, stored or shown
};

// In the order in which the score adds them.
inline constexpr auto all_parts = std::to_array<PartDefinition>({
    {Part::genre, "genre", "genre_score", 0.4, "genre", "Weight of the genres in the score", true},
    {Part::text, "text", "text_score", 0.5, "text", "Weight of the summaries' text", true},
    {Part::metadata, "metadata", "metadata_score", 0.1, "meta", "Weight of platform, type and language",
     true},
    {Part::year, "year", "year_score", 0, "year", "Weight of the years of premiere", false},
    {Part::rating, "rating", "rating_score", 0, "rating", "Weight of the ratings", false},
});
inline constexpr std::size_t part_count = all_parts.size();

// A value for each part, in the order of the table.
template <typename T>
struct PerPart {
    std::array<T, part_count> values{};

    [[nodiscard]] constexpr T& operator[](Part part) noexcept {
        return values[static_cast<std::size_t>(part)];
    }
    [[nodiscard]] constexpr const T& operator[](Part part) const noexcept {
        return values[static_cast<std::size_t>(part)];
    }

    friend bool operator==(const PerPart&, const PerPart&) = default;
};

// The factor of each part in the score.
using Weights = PerPart<double>;

inline constexpr Weights default_weights = [] {
    Weights weights;
    for (const PartDefinition& d : all_parts) {
        weights[d.part] = d.default_weight;
    }
    return weights;
}();

// The parts that a predicate holds for, in the order of the table.
class PartList {
  public:
    template <typename Holds>
    explicit constexpr PartList(Holds holds) noexcept {
        for (const PartDefinition& definition : all_parts) {
            if (holds(definition)) {
                parts_[size_++] = definition;
            }
        }
    }

    [[nodiscard]] constexpr auto begin() const noexcept { return parts_.begin(); }
    [[nodiscard]] constexpr auto end() const noexcept {
        return parts_.begin() + static_cast<std::ptrdiff_t>(size_);
    }

  private:
    std::array<PartDefinition, part_count> parts_ = all_parts;
    std::size_t size_ = 0;
};

// The parts that a score with these weights has.
[[nodiscard]] constexpr bool is_shown(const PartDefinition& definition, const Weights& weights) noexcept {
    return definition.always_shown || weights[definition.part] > 0;
}
[[nodiscard]] constexpr PartList shown_parts(const Weights& weights) noexcept {
    return PartList([&](const PartDefinition& d) { return is_shown(d, weights); });
}

// The parts that count in a score with these weights.
[[nodiscard]] constexpr PartList weighted_parts(const Weights& weights) noexcept {
    return PartList([&](const PartDefinition& d) { return weights[d.part] > 0; });
}

[[nodiscard]] constexpr double sum_of(const Weights& weights) noexcept {
    double sum = 0;
    for (const double weight : weights.values) {
        sum += weight;
    }
    return sum;
}

// The same weights with sum 1.  REQUIRES: none negative, at least one positive, all finite.
[[nodiscard]] constexpr Weights normalised(Weights weights) noexcept {
    const double sum = sum_of(weights);
    for (double& weight : weights.values) {
        weight /= sum;
    }
    return weights;
}

// What the parts add to a score: the weighted sum, added in the order of the table.
[[nodiscard]] constexpr double weighted_sum(const Weights& weights, const PerPart<double>& parts) noexcept {
    double sum = 0;
    for (std::size_t i = 0; i < part_count; ++i) {
        sum += weights.values[i] * parts.values[i];
    }
    return sum;
}

}  // namespace bingefriend
