#include "edition/show_rows.hpp"

#include <algorithm>

namespace bingefriend {

ShowRows::ShowRows(std::span<const ShowId> shows) : shows_(shows) {
    if (shows.empty()) {
        return;
    }
    min_ = to_number(shows.front());
    while (bucket_of(shows.back()) >= 2 * shows.size()) {
        ++shift_;
    }
    first_row_.reserve(bucket_of(shows.back()) + 2);
    for (std::size_t row = 0; row < shows.size(); ++row) {
        first_row_.resize(std::max(first_row_.size(), bucket_of(shows[row]) + 1),
                          static_cast<std::uint32_t>(row));
    }
    first_row_.push_back(static_cast<std::uint32_t>(shows.size()));
}

std::optional<std::size_t> ShowRows::find(ShowId show) const {
    if (shows_.empty() || show < shows_.front() || show > shows_.back()) {
        return {};
    }
    const std::size_t bucket = bucket_of(show);
    const auto begin = shows_.begin() + first_row_[bucket];
    const auto end = shows_.begin() + first_row_[bucket + 1];
    const auto at = std::lower_bound(begin, end, show);
    return at == end || *at != show ? std::nullopt
                                    : std::optional(static_cast<std::size_t>(at - shows_.begin()));
}

}  // namespace bingefriend
