#include "evaluation/measures.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/parallel.hpp"
#include "evaluation/co_likes.hpp"

namespace bingefriend {
namespace {

using SetOfLists = std::uint64_t;  // a bit for each set of lists

double gain(double relevance, std::size_t position) {
    return relevance / std::log2(static_cast<double>(position + 2));
}

// Per set and item.
struct Counts {
    Counts(std::size_t sets, std::size_t items)
        : hits(sets, std::vector<std::size_t>(items)), found(sets, std::vector<std::uint32_t>(items)) {}

    std::vector<std::vector<std::size_t>> hits;     // users who like another item of the list
    std::vector<std::vector<std::uint32_t>> found;  // a bit for each of the first 20 entries: is it ideal?
};

// Measures the lists of an item after the other.
class Measuring {
  public:
    Measuring(const Likes& likes, std::span<const ItemLists> lists, const MeasureSettings& settings,
              const EraMeans* era, std::vector<Measures>& result, Counts& counts)
        : lists_(lists),
          settings_(settings),
          era_(era),
          result_(result),
          counts_(counts),
          co_likes_(likes),
          held_by_(likes.size()) {}

    void operator()(std::size_t begin, std::size_t end) {
        for (std::size_t item = begin; item < end; ++item) {
            const std::span<double> cosines = count(item);
            compare(item, cosines, [](Measures& m) -> Agreement& { return m.raw; });
            mark_found(item, cosines);
            if (era_ != nullptr) {
                era_->divide(item, cosines);
                compare(item, cosines, [](Measures& m) -> Agreement& { return *m.era_free; });
            }
        }
    }

  private:
    [[nodiscard]] std::span<const std::uint32_t> list(std::size_t set, std::size_t item) const {
        const auto whole = lists_[set].of(item);
        return whole.first(std::min(whole.size(), settings_.length));
    }

    // The cosines of the item; counts the users who like another item of its lists.
    std::span<double> count(std::size_t item) {
        for (std::size_t set = 0; set < lists_.size(); ++set) {
            for (const std::uint32_t other : list(set, item)) {
                held_by_[other] |= SetOfLists{1} << set;
            }
        }
        const std::span<double> cosines = co_likes_.row(item, [&](std::span<const std::uint32_t> liked) {
            SetOfLists hit = 0;
            for (const std::uint32_t other : liked) {
                hit |= held_by_[other];
            }
            for (std::size_t set = 0; set < lists_.size(); ++set) {
                counts_.hits[set][item] += hit >> set & 1;
            }
        });
        for (std::size_t set = 0; set < lists_.size(); ++set) {
            for (const std::uint32_t other : list(set, item)) {
                held_by_[other] = 0;
            }
        }
        return cosines;
    }

    template <typename AgreementOf>
    void compare(std::size_t item, std::span<const double> relevance, AgreementOf agreement_of) {
        const std::vector<std::uint32_t> ideal = nearest(relevance, std::max(ideal_items, settings_.length));
        const auto best = std::span(ideal).first(std::min(ideal_items, ideal.size()));
        const auto ideal_list = std::span(ideal).first(std::min(settings_.length, ideal.size()));
        const double ideal_gain = gain_of(ideal_list, relevance);
        for (std::size_t set = 0; set < lists_.size(); ++set) {
            const auto entries = list(set, item);
            const auto found = std::count_if(entries.begin(), entries.end(), [&](std::uint32_t other) {
                return std::find(best.begin(), best.end(), other) != best.end();
            });
            Agreement& agreement = agreement_of(result_[set]);
            agreement.recall[item] = static_cast<double>(found) / ideal_items;
            agreement.ndcg[item] = ideal_gain > 0 ? gain_of(entries, relevance) / ideal_gain
                                                  : std::numeric_limits<double>::quiet_NaN();
        }
    }

    void mark_found(std::size_t item, std::span<const double> relevance) {
        const std::vector<std::uint32_t> best = nearest(relevance, ideal_items);
        for (std::size_t set = 0; set < lists_.size(); ++set) {
            const auto entries = lists_[set].of(item);
            for (std::size_t i = 0; i < std::min(entries.size(), ideal_items); ++i) {
                const bool ideal = std::find(best.begin(), best.end(), entries[i]) != best.end();
                counts_.found[set][item] |= (ideal ? 1u : 0u) << i;
            }
        }
    }

    static double gain_of(std::span<const std::uint32_t> entries, std::span<const double> relevance) {
        double sum = 0;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            sum += gain(relevance[entries[i]], i);
        }
        return sum;
    }

    std::span<const ItemLists> lists_;
    const MeasureSettings& settings_;
    const EraMeans* era_;
    std::vector<Measures>& result_;
    Counts& counts_;
    CoLikes co_likes_;
    std::vector<SetOfLists> held_by_;  // per item: the sets whose list of the current item holds it
};

std::array<double, ideal_items> recall_by_length(const std::vector<std::uint32_t>& found) {
    std::array<double, ideal_items> recall{};
    for (std::size_t length = 1; length <= ideal_items; ++length) {
        std::size_t sum = 0;
        for (const std::uint32_t entries : found) {
            sum += static_cast<std::size_t>(std::popcount(entries & ((1u << length) - 1)));
        }
        recall[length - 1] = static_cast<double>(sum) / static_cast<double>(found.size() * ideal_items);
    }
    return recall;
}

double mean_length(const ItemLists& lists, std::size_t length) {
    std::size_t entries = 0;
    for (std::size_t item = 0; item < lists.size(); ++item) {
        entries += std::min(lists.of(item).size(), length);
    }
    return static_cast<double>(entries) / static_cast<double>(lists.size());
}

}  // namespace

std::vector<Measures> measures(const Likes& likes, std::span<const ItemLists> lists,
                               const MeasureSettings& settings) {
    const std::size_t items = likes.size();
    std::optional<EraMeans> era;
    Measures empty{.raw = {std::vector<double>(items), std::vector<double>(items)}};
    if (!settings.years.empty()) {
        era.emplace(likes, settings.years, settings.threads);
        empty.era_free = empty.raw;
    }
    std::vector<Measures> result(lists.size(), empty);
    Counts counts(lists.size(), items);
    in_parallel<16>(items, settings.threads, settings.progress,
                    [&] { return Measuring(likes, lists, settings, era ? &*era : nullptr, result, counts); });
    for (std::size_t set = 0; set < lists.size(); ++set) {
        const auto hit = std::accumulate(counts.hits[set].begin(), counts.hits[set].end(), std::size_t{0});
        result[set].hit_rate = static_cast<double>(hit) / static_cast<double>(likes.total());
        result[set].mean_length = mean_length(lists[set], settings.length);
        result[set].recall_by_length = recall_by_length(counts.found[set]);
        result[set].spread = spread(lists[set], items, settings.length);
    }
    return result;
}

Spread spread(const ItemLists& lists, std::size_t items, std::size_t length) {
    std::vector<std::size_t> held(items);  // lists that hold the item
    for (std::size_t row = 0; row < lists.size(); ++row) {
        const auto list = lists.of(row);
        for (const std::uint32_t item : list.first(std::min(list.size(), length))) {
            ++held[item];
        }
    }
    std::sort(held.begin(), held.end());
    double sum = 0;
    double weighted = 0;
    for (std::size_t i = 0; i < items; ++i) {
        sum += static_cast<double>(held[i]);
        weighted +=
            (2 * static_cast<double>(i + 1) - static_cast<double>(items) - 1) * static_cast<double>(held[i]);
    }
    const auto never = static_cast<std::size_t>(std::count(held.begin(), held.end(), std::size_t{0}));
    return {.coverage = items == 0 ? 0 : static_cast<double>(items - never) / static_cast<double>(items),
            .gini = sum == 0 ? 0 : weighted / (static_cast<double>(items) * sum),
            .largest_hub = items == 0 ? 0 : held.back(),
            .held = held};
}

}  // namespace bingefriend
