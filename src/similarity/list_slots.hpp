// The lists under construction: a slot for each show, as long as a list may be, closed up at the end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/recommendation.hpp"

namespace bingefriend {

// Threads may write different slots at a time.
class ListSlots {
  public:
    ListSlots(std::size_t shows, std::size_t top_n)
        : room_(std::min(top_n, shows == 0 ? 0 : shows - 1)), length_(shows), entries_(shows * room_) {}

    // The first entries of `ranked` that fit, but for the show itself.
    void write(std::size_t row, ShowId self, std::span<const Recommendation> ranked) {
        Recommendation* const slot = entries_.data() + row * room_;
        std::size_t length = 0;
        for (const Recommendation& r : ranked) {
            if (length == room_) {
                break;
            }
            if (r.show != self) {
                slot[length++] = r;
            }
        }
        length_[row] = static_cast<std::uint32_t>(length);
    }

    [[nodiscard]] RecommendationLists lists(const std::vector<ShowId>& shows) && {
        RecommendationLists result;
        result.shows = shows;
        result.start.reserve(shows.size() + 1);
        std::size_t end = 0;
        for (std::size_t row = 0; row < shows.size(); ++row) {
            const auto from = entries_.begin() + static_cast<std::ptrdiff_t>(row * room_);
            if (end != row * room_) {
                std::copy_n(from, length_[row], entries_.begin() + static_cast<std::ptrdiff_t>(end));
            }
            end += length_[row];
            result.start.push_back(end);
        }
        entries_.resize(end);
        result.entries = std::move(entries_);
        return result;
    }

  private:
    std::size_t room_;
    std::vector<std::uint32_t> length_;
    std::vector<Recommendation> entries_;
};

}  // namespace bingefriend
