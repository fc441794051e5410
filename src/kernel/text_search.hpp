// Finds the shows that share only text with a query, in the inverted index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernel/genre_parts.hpp"
#include "kernel/query_block.hpp"
#include "kernel/scan_index.hpp"

namespace bingefriend {

// Scratch of one thread.
class TextSearch {
  public:
    explicit TextSearch(const ScanIndex& index);

    // The postings that search would visit for all queries of the block; `not_selective` if for one of them
    // a show can be similar enough without text.
    [[nodiscard]] std::size_t plan(const QueryBlock& block);
    static constexpr std::size_t not_selective = ~std::size_t{0};

    // Adds the profiles that reach a limit and whose genre sets share no genre with any query to the block's
    // shortlists.  REQUIRES: a selective plan.
    void search(QueryBlock& block, const GenreParts& genres);

  private:
    struct Term {
        std::uint32_t column;
        Units weight;
    };
    // The terms of a lane whose posting lists are visited, and the most that the others can add to a score.
    struct Plan {
        std::size_t lane;
        std::vector<Term> terms;
        int rest;
    };

    [[nodiscard]] std::size_t plan(const QueryBlock& block, std::size_t lane, int needed);
    void search(QueryBlock& block, const GenreParts& genres, const Plan& plan, std::size_t segment);
    void verify(QueryBlock& block, std::size_t lane, std::uint32_t profile, int text_bound) const;

    const ScanIndex& index_;
    std::vector<Plan> plans_;
    std::vector<Units> sum_;  // by profile of a segment
    std::vector<std::uint32_t> places_;
    std::vector<Units> found_;
};

}  // namespace bingefriend
