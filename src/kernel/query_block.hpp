// 64 queries side by side, and what has been found for each so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/recommendation.hpp"
#include "kernel/exact_scores.hpp"
#include "kernel/scan_index.hpp"

namespace bingefriend {

// Scratch of one thread.  A lane's *shortlist* holds every profile seen so far whose approximate score is at
// least the lane's threshold.  The threshold is the N-th best approximate score seen, minus twice the error
// bound.  Every show below it has N truly better ones, so it cannot be in the list.
class QueryBlock {
  public:
    QueryBlock(const ScanIndex& index, const RankingSettings& settings);

    // The queries are the profiles first to first + count.  REQUIRES: 0 < count <= lanes.
    void load(std::uint32_t first, std::size_t count);

    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    [[nodiscard]] std::uint32_t query(std::size_t lane) const noexcept {
        return first_ + static_cast<std::uint32_t>(lane);
    }
    [[nodiscard]] int error(std::size_t lane) const noexcept { return error_[lane]; }

    // The rest is for the scan.  The slots of the table that hold the lanes' weights of each term; the slot
    // of a term that no lane has holds zeros.
    [[nodiscard]] const std::uint32_t* slot_of_term() const noexcept { return slot_of_term_.data(); }
    [[nodiscard]] const Units* table() const noexcept { return table_.data()->data(); }
    [[nodiscard]] Units weight(std::size_t lane, std::uint32_t column) const noexcept {
        return table_[slot_of_term_[column] / lanes][lane];
    }
    // The terms that any lane has.
    struct Term {
        std::uint32_t column;
        std::uint32_t lanes;                     // that have it
        std::array<std::uint16_t, 2> last_lane;  // of these, the last first
    };
    [[nodiscard]] std::span<const Term> terms() const noexcept { return terms_; }
    [[nodiscard]] const LaneUnits& weights(std::uint32_t column) const noexcept {
        return table_[slot_of_term_[column] / lanes];
    }
    // The number of terms of the lane that has most.
    [[nodiscard]] std::size_t max_terms() const noexcept { return max_terms_; }
    // What a class adds to the score in the index-th part by class.
    [[nodiscard]] const LaneUnits& class_part(std::size_t index, std::uint32_t number) const noexcept {
        return class_parts_[index][number];
    }
    // The most that text, and that all parts by class, can add.
    [[nodiscard]] const LaneUnits& text_reach() const noexcept { return text_reach_; }
    [[nodiscard]] const LaneUnits& class_reach() const noexcept { return class_reach_; }
    // The lowest score worth a call of keep.
    [[nodiscard]] const LaneUnits& limit() const noexcept { return limit_; }

    // Adds a profile of a group to the shortlists of the lanes `which`, where it reaches the limit; `base` is
    // the score of the profiles of the group that share no term.  REQUIRES: profiles of a group come in
    // ascending order.
    void keep(std::uint32_t profile, std::uint64_t which, const LaneUnits& scores, const LaneUnits& base);
    void keep(std::size_t lane, std::uint32_t profile, Units score);
    void end_group();
    // Whether profiles of the current group have tied, so that end_group must be called.
    [[nodiscard]] bool ties_seen() const noexcept { return tied_seen_; }

    // Raises the thresholds to the scores seen so far.
    void tighten();

    // The profiles that may be in the list; none that belongs there is missing.
    [[nodiscard]] std::span<const std::uint32_t> shortlist(std::size_t lane) const noexcept {
        return std::span(profile_).subspan(lane * capacity_, length_[lane]);
    }
    [[nodiscard]] ExactScores& exact() noexcept { return exact_; }

  private:
    void load_text(std::size_t lane);
    void load_class_parts();
    void tighten(std::size_t lane);
    void resolve(std::size_t lane);
    void raise(std::size_t lane, int threshold);

    const ScanIndex& index_;
    RankingSettings settings_;
    ExactScores exact_;
    std::uint32_t first_ = 0;
    std::size_t count_ = 0;

    std::vector<std::uint32_t> slot_of_term_;
    std::vector<Term> terms_;  // of the slots from 1
    std::size_t max_terms_ = 0;
    std::vector<LaneUnits> table_;                     // slot 0 stays zero
    std::vector<std::vector<LaneUnits>> class_parts_;  // of each part by class: by class
    LaneUnits text_reach_{};
    LaneUnits class_reach_{};
    LaneUnits threshold_{};
    LaneUnits limit_{};
    std::array<int, lanes> error_{};

    // Profiles of the current group that share no term with the query have tied scores.
    std::array<std::size_t, lanes> tied_{};
    std::array<bool, lanes> ties_show_{};  // whether a shared term always raises the score
    bool tied_seen_ = false;

    std::size_t capacity_;  // of a shortlist
    std::vector<Units> score_;
    std::vector<std::uint32_t> profile_;
    std::array<std::size_t, lanes> length_{};
};

}  // namespace bingefriend
