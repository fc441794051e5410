// What an evaluation reports: the measures of each set of lists with intervals, and their differences.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluation/bootstrap.hpp"
#include "evaluation/groups.hpp"
#include "evaluation/likes.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/measures.hpp"

namespace bingefriend {

struct AgreementEstimate {
    Estimate ndcg;
    Estimate recall;
};

// Raw and, if the years are known, era-free.
struct AgreementEstimates {
    AgreementEstimate raw;
    std::optional<AgreementEstimate> era_free;
};

struct ListsReport {
    std::string name;
    AgreementEstimates agreement;
    std::optional<AgreementEstimates> difference;  // minus the first set, item by item
    double hit_rate = 0;
    double mean_length = 0;  // entries that count, per list
    std::array<double, ideal_items> recall_by_length{};
    Spread spread;
};

// The measures of some of the items.
struct GroupReport {
    std::string by;
    std::string name;
    std::size_t items = 0;
    std::vector<AgreementEstimates> lists;  // of the compared sets
};

struct Evaluation {
    std::size_t items = 0;
    std::size_t users = 0;
    std::size_t likes = 0;
    std::vector<ListsReport> lists;  // in the given order, then popular and random
    std::vector<GroupReport> groups;
};

inline constexpr std::size_t max_sets = 60;

// REQUIRES: at most max_sets sets; each has a list for every item. Cost: as measures() and estimates().
[[nodiscard]] Evaluation evaluation(const Likes& likes, std::vector<ItemLists> lists,
                                    std::span<const ItemGroup> groups, const MeasureSettings& settings);

}  // namespace bingefriend
