// Show ids -> rows of the catalogue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/show.hpp"

namespace bingefriend {

// Buckets of ids, about one row per bucket.
class ShowRows {
  public:
    // REQUIRES: `shows` ascend and outlive it.
    explicit ShowRows(std::span<const ShowId> shows);

    [[nodiscard]] std::optional<std::size_t> find(ShowId show) const;

  private:
    [[nodiscard]] std::size_t bucket_of(ShowId show) const {
        return static_cast<std::size_t>(to_number(show) - min_) >> shift_;
    }

    std::span<const ShowId> shows_;
    std::int64_t min_ = 0;
    unsigned shift_ = 0;
    std::vector<std::uint32_t> first_row_;  // of each bucket, and the number of rows
};

}  // namespace bingefriend
