// Public header of evaluation: lists and likes -> how well the lists agree with what people like together.
//
//   co-like cosine of i and j   |U_i ∩ U_j| / sqrt(|U_i| |U_j|), U_i the users who like i; 0 for i = j
//   NDCG      Σ cosine(i, j) / log2(position of j + 1) over the list of i, divided by that of the ideal list
//             (Järvelin and Kekäläinen 2002); items that share no user with another one have none
//   recall    of the 20 items with the highest cosine (ties: by id), the share that the list holds
//   hit rate  over all users and items that they like: the share for which the user likes another item of
//             the item's list
//   coverage  the share of the items that at least one list holds
//   Gini      of how often each item is recommended: 0 all alike, near 1 the same few everywhere
//   era-free  NDCG and recall once more with each cosine divided by the mean cosine of all pairs that are as
//             many years apart: people like what is of one time together because they see it at one time
//
// docs/quality.md explains what the figures mean.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "evaluation/likes.hpp"
#include "evaluation/lists.hpp"

namespace bingefriend {

inline constexpr std::size_t ideal_items = 20;  // of recall

// Per item. NDCG is not a number for an item that has none.
struct Agreement {
    std::vector<double> ndcg;
    std::vector<double> recall;
};

struct Spread {
    double coverage = 0;
    double gini = 0;
    std::size_t largest_hub = 0;    // lists that hold the item that most lists hold
    std::vector<std::size_t> held;  // per item, ascending: lists that hold it
};

struct Measures {
    Agreement raw;
    std::optional<Agreement> era_free;  // if the years are known
    double hit_rate = 0;
    double mean_length = 0;  // entries that count, per list
    // Mean recall of lists of 1 to 20 entries, as far as the lists are so long.
    std::array<double, ideal_items> recall_by_length{};
    Spread spread;
};

struct MeasureSettings {
    std::size_t length = 10;          // of the lists that count
    Years years;                      // of premiere, per item; empty: no era-free figures
    Progress progress = no_progress;  // counts items
    std::size_t threads = 0;          // 0: one per core
};

// The measures of each set of lists. REQUIRES: at most 64 sets; each has a list for every item.
// The same numbers for any number of threads.
//
// Cost: items² + Σ (likes of a user)², twice with years; memory per thread: a few numbers per item.
[[nodiscard]] std::vector<Measures> measures(const Likes& likes, std::span<const ItemLists> lists,
                                             const MeasureSettings& settings);

// How evenly lists of up to `length` entries spread over `items` items.
[[nodiscard]] Spread spread(const ItemLists& lists, std::size_t items, std::size_t length);

}  // namespace bingefriend
