// Keeps the first N of the recommendations offered to it, in ranking order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "domain/recommendation.hpp"

namespace bingefriend {

class TopList {
  public:
    TopList(std::size_t capacity, double min_score) : capacity_(capacity), min_score_(min_score) {}

    // The lowest score that can still enter; a show with exactly this score enters if its id is low enough.
    [[nodiscard]] double threshold() const noexcept {
        return entries_.size() < capacity_ || entries_.empty() ? min_score_ : entries_.front().score;
    }

    void offer(const Recommendation& candidate) {
        if (capacity_ == 0 || candidate.score < min_score_) {
            return;
        }
        if (entries_.size() == capacity_) {
            if (!ranks_before(candidate, entries_.front())) {
                return;
            }
            std::pop_heap(entries_.begin(), entries_.end(), ranks_before);
            entries_.pop_back();
        }
        entries_.push_back(candidate);
        std::push_heap(entries_.begin(), entries_.end(), ranks_before);
    }

    // Returns the list in ranking order and empties it.
    [[nodiscard]] std::vector<Recommendation> take() {
        std::sort_heap(entries_.begin(), entries_.end(), ranks_before);
        return std::exchange(entries_, {});
    }

  private:
    std::size_t capacity_;
    double min_score_;
    std::vector<Recommendation> entries_;  // a heap: the last in ranking order first
};

}  // namespace bingefriend
