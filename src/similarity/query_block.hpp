// Sixty-four queries side by side, and what has been found for each so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/recommendation.hpp"
#include "similarity/exact_scores.hpp"
#include "similarity/fixed_point.hpp"
#include "similarity/scan_index.hpp"

namespace bingefriend {

// Scratch of one thread.  A lane's *shortlist* holds every profile seen so far whose approximate score is at
// least the lane's threshold.  The threshold is the N-th best approximate score seen less twice the error
// bound: N shows are then truly better than whatever lies below, so nothing below can be in the list.
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

    // What the scan reads.  Where the lanes' weights of a term stand in the table: zeros where none has it.
    [[nodiscard]] const std::uint32_t* slot_of_term() const noexcept { return slot_of_term_.data(); }
    [[nodiscard]] const Units* table() const noexcept { return table_.data()->data(); }
    [[nodiscard]] Units weight(std::size_t lane, std::uint32_t column) const noexcept {
        return table_[slot_of_term_[column] / lanes][lane];
    }
    // What a metadata class adds.
    [[nodiscard]] const LaneUnits& metadata(std::uint32_t metadata_class) const noexcept {
        return metadata_[metadata_class];
    }
    // The most that text can add.
    [[nodiscard]] const LaneUnits& reach() const noexcept { return reach_; }
    // The least score worth a call of keep.
    [[nodiscard]] const LaneUnits& limit() const noexcept { return limit_; }

    // A profile of a group reaches the limit in the lanes `which`; `base` is the score of those of the group
    // that share no term.  REQUIRES: profiles of a group are kept in ascending order.
    void keep(std::uint32_t profile, std::uint64_t which, const LaneUnits& scores, const LaneUnits& base);
    void keep(std::size_t lane, std::uint32_t profile, Units score);
    void end_group();

    // Raises the thresholds to what has been seen.
    void tighten();

    // The profiles that may be in the list, among them all that are.
    [[nodiscard]] std::span<const std::uint32_t> shortlist(std::size_t lane) const noexcept {
        return std::span(profile_).subspan(lane * capacity_, length_[lane]);
    }
    [[nodiscard]] ExactScores& exact() noexcept { return exact_; }

  private:
    void load_text(std::size_t lane);
    void load_metadata();
    void tighten(std::size_t lane);
    void resolve(std::size_t lane);
    void raise(std::size_t lane, int threshold);

    const ScanIndex& index_;
    RankingSettings settings_;
    ExactScores exact_;
    std::uint32_t first_ = 0;
    std::size_t count_ = 0;

    std::vector<std::uint32_t> slot_of_term_;
    std::vector<std::uint32_t> terms_;  // that have a slot
    std::vector<LaneUnits> table_;      // slot 0 stays zero
    std::vector<LaneUnits> metadata_;
    LaneUnits reach_{};
    LaneUnits threshold_{};
    LaneUnits limit_{};
    std::array<int, lanes> error_{};

    // Profiles of the present group that share no term with the query are equal to it in all but the id.
    std::array<std::size_t, lanes> alike_{};
    std::array<bool, lanes> tells_alike_{};
    bool alike_seen_ = false;

    std::size_t capacity_;  // of a shortlist
    std::vector<Units> score_;
    std::vector<std::uint32_t> profile_;
    std::array<std::size_t, lanes> length_{};
};

}  // namespace bingefriend
