#include "evaluation/report.hpp"

#include <algorithm>
#include <utility>

namespace bingefriend {
namespace {

// Collects series of values per item, estimates all at once and gives each estimate its place.
class Estimates {
  public:
    void add(std::vector<double> series, Estimate& to) {
        series_.push_back(std::move(series));
        to_.push_back(&to);
    }
    void add(const Agreement& agreement, AgreementEstimate& to) {
        add(agreement.ndcg, to.ndcg);
        add(agreement.recall, to.recall);
    }
    void add(const Measures& measures, AgreementEstimates& to) {
        add(measures.raw, to.raw);
        if (measures.era_free) {
            add(*measures.era_free, to.era_free.emplace());
        }
    }

    void estimate(std::size_t threads) const {
        const std::vector<Estimate> found = estimates(series_, threads);
        for (std::size_t i = 0; i < found.size(); ++i) {
            *to_[i] = found[i];
        }
    }

  private:
    std::vector<std::vector<double>> series_;
    std::vector<Estimate*> to_;
};

std::vector<double> difference(std::vector<double> values, const std::vector<double>& from) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] -= from[i];
    }
    return values;
}

Agreement difference(const Agreement& of, const Agreement& from) {
    return {difference(of.ndcg, from.ndcg), difference(of.recall, from.recall)};
}

Measures difference(const Measures& of, const Measures& from) {
    Measures result{.raw = difference(of.raw, from.raw)};
    if (of.era_free) {
        result.era_free = difference(*of.era_free, *from.era_free);
    }
    return result;
}

// The measures of these items.
Agreement subset(const Agreement& of, std::span<const std::uint32_t> items) {
    Agreement result;
    for (const std::uint32_t item : items) {
        result.ndcg.push_back(of.ndcg[item]);
        result.recall.push_back(of.recall[item]);
    }
    return result;
}

GroupReport group_report(const ItemGroup& group, std::span<const Measures> compared, std::size_t threads) {
    GroupReport report{.by = group.by, .name = group.name, .items = group.items.size()};
    report.lists.resize(compared.size());
    Estimates all;
    for (std::size_t set = 0; set < compared.size(); ++set) {
        Measures measures{.raw = subset(compared[set].raw, group.items)};
        if (compared[set].era_free) {
            measures.era_free = subset(*compared[set].era_free, group.items);
        }
        all.add(measures, report.lists[set]);
    }
    all.estimate(threads);
    return report;
}

}  // namespace

Evaluation evaluation(const Likes& likes, std::vector<ItemLists> lists, std::span<const ItemGroup> groups,
                      const MeasureSettings& settings) {
    const std::size_t compared = lists.size();
    lists.push_back(popular_lists(likes, std::max(settings.length, ideal_items)));
    lists.push_back(random_lists(likes, std::max(settings.length, ideal_items)));
    const std::vector<Measures> measured = measures(likes, lists, settings);

    Evaluation result{.items = likes.size(), .users = likes.users(), .likes = likes.total()};
    result.lists.resize(lists.size());
    Estimates all;
    for (std::size_t set = 0; set < lists.size(); ++set) {
        ListsReport& report = result.lists[set];
        report.name = lists[set].name;
        report.hit_rate = measured[set].hit_rate;
        report.mean_length = measured[set].mean_length;
        report.recall_by_length = measured[set].recall_by_length;
        report.spread = measured[set].spread;
        all.add(measured[set], report.agreement);
        if (set > 0 && set < compared) {
            all.add(difference(measured[set], measured.front()), report.difference.emplace());
        }
    }
    all.estimate(settings.threads);
    for (const ItemGroup& group : groups) {
        result.groups.push_back(group_report(group, std::span(measured).first(compared), settings.threads));
    }
    return result;
}

}  // namespace bingefriend
