// Finds, over the inverted lists, the shows that are like a query in text alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "similarity/genre_parts.hpp"
#include "similarity/query_block.hpp"
#include "similarity/scan_index.hpp"

namespace bingefriend {

// Scratch of one thread.
class TextSearch {
  public:
    explicit TextSearch(const ScanIndex& index);

    // Postings that search would visit for all queries of the block, or `not_selective` where for one of
    // them text is not what makes a show similar enough.
    [[nodiscard]] std::size_t plan(const QueryBlock& block);
    static constexpr std::size_t not_selective = ~std::size_t{0};

    // Has the block keep whatever reaches a limit among the profiles of genre sets that no query shares a
    // genre with.  REQUIRES: a plan that is selective.
    void search(QueryBlock& block, const GenreParts& genres);

  private:
    struct Term {
        std::uint32_t column;
        Units weight;
    };
    // The lists of a lane's terms that are visited, and the most that the others can add to a score.
    struct Plan {
        std::size_t lane;
        std::vector<Term> terms;
        int rest;
    };

    [[nodiscard]] std::size_t plan(const QueryBlock& block, std::size_t lane, int needed);
    void search(QueryBlock& block, const GenreParts& genres, const Plan& plan, std::size_t segment);
    void verify(QueryBlock& block, std::size_t lane, std::uint32_t profile, int text_bound) const;

    const ScanIndex& index_;
    int greatest_metadata_;
    std::vector<Plan> plans_;
    std::vector<Units> sum_;  // by profile of a segment
    std::vector<std::uint32_t> places_;
    std::vector<Units> found_;
};

}  // namespace bingefriend
