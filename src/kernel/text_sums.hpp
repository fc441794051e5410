// Compares a block of queries with all profiles over posting lists: for terms of which few shows have each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernel/genre_parts.hpp"
#include "kernel/query_block.hpp"
#include "kernel/scan_index.hpp"

namespace bingefriend {

// Scratch of one thread.  The text sums of a window of profiles with all lanes stay in a core's cache: the
// posting lists of the block's terms add to them, then the scan reads them.
class TextSums {
  public:
    explicit TextSums(const ScanIndex& index);

    // The cost of a scan, in terms of rows that the scan of rows visits.
    [[nodiscard]] std::size_t plan(const QueryBlock& block);

    enum class Sets : std::uint8_t { all, that_share_no_genre };
    // Adds the profiles that reach a limit to the block's shortlists.  It begins near the queries, because
    // near profiles raise the limits.  REQUIRES: plan(block); block.max_terms() <= max_summed_terms.
    void scan(QueryBlock& block, const GenreParts& genres, Sets sets);

  private:
    static constexpr std::size_t window = FixedIndex::window;

    // The posting list of a term that a lane has, or several.
    struct List {
        const FixedIndex::Posting* at;  // the next; the last one is `closing`
        std::uint32_t column;
        std::uint32_t frequency;
        std::uint32_t lanes;
        std::array<std::uint16_t, 2> lane;  // if they are one or two
        std::array<Units, 2> weight;        // of the term in these
    };

    void open_lists(std::size_t profile);
    void add_up(const QueryBlock& block, std::size_t first, std::size_t last);
    void scan(QueryBlock& block, const GenreParts& genres, Sets sets, std::size_t begin, std::size_t end);

    const ScanIndex& index_;
    std::vector<List> lists_;
    std::vector<LaneUnits> sums_;  // of a window
};

}  // namespace bingefriend
