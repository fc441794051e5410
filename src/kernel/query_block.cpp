#include "kernel/query_block.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "kernel/selection.hpp"

namespace bingefriend {
namespace {

// A full shortlist is tightened.  That should free much of it: otherwise it would soon be full again.
std::size_t shortlist_capacity(std::size_t top_n) {
    constexpr std::size_t step = 64;
    return (2 * top_n + 24 + step - 1) / step * step;
}

}  // namespace

QueryBlock::QueryBlock(const ScanIndex& index, const RankingSettings& settings)
    : index_(index),
      settings_(settings),
      exact_(index),
      slot_of_term_(index.features.vocabulary.terms.size()),
      table_(1),
      capacity_(shortlist_capacity(std::min(settings.top_n, index.profiles.size()))),
      score_(lanes * capacity_),
      profile_(lanes * capacity_) {
    for (const ClassIndex& c : index.profiles.classes) {
        class_parts_.emplace_back(c.size());
    }
}

void QueryBlock::load(std::uint32_t first, std::size_t count) {
    first_ = first;
    count_ = count;
    for (const Term& term : terms_) {
        slot_of_term_[term.column] = 0;
    }
    terms_.clear();
    max_terms_ = 0;
    table_.resize(1);
    text_reach_ = class_reach_ = {};
    limit_.fill(static_cast<Units>(greatest_units));  // lanes without a query shortlist nothing
    length_ = {};
    for (std::size_t lane = 0; lane < count; ++lane) {
        load_text(lane);
        const double least = std::min(settings_.min_similarity, 1.0) * one;
        threshold_[lane] = limit_[lane] = clamped(static_cast<int>(least) - error_[lane]);
    }
    load_class_parts();
}

void QueryBlock::load_text(std::size_t lane) {
    const FixedRows& rows = index_.rows;
    const std::uint32_t profile = query(lane);
    const std::uint32_t row = index_.profiles.rows_of(profile).front();
    const std::span<const double> values = index_.features.text.values_of(row);
    double squares = 0;
    int least_weight = greatest_units;
    for (std::size_t i = rows.start[profile]; i < rows.start[profile + 1]; ++i) {
        std::uint32_t& slot = slot_of_term_[rows.column[i]];
        if (slot == 0) {
            slot = static_cast<std::uint32_t>(table_.size() * lanes);
            table_.emplace_back();
            terms_.push_back({rows.column[i], 0, {}});
        }
        Term& term = terms_[slot / lanes - 1];
        ++term.lanes;
        term.last_lane = {static_cast<std::uint16_t>(lane), term.last_lane[0]};
        const double value = values[i - rows.start[profile]];
        const Units weight = units(index_.weights[Part::text] * value);
        table_[slot / lanes][lane] = weight;
        least_weight = std::min<int>(least_weight, weight);
        squares += value * value;
    }
    const std::size_t terms = rows.length(profile);
    max_terms_ = std::max(max_terms_, terms);
    error_[lane] = error_bound(terms, class_parts_.size());
    // By Cauchy-Schwarz: no row is longer than 1.
    text_reach_[lane] = terms == 0
                            ? Units{0}
                            : clamped(units(index_.weights[Part::text] * std::sqrt(squares)) + error_[lane]);
    ties_show_[lane] = least_weight * rows.least_weight >= least_visible_product;
}

void QueryBlock::load_class_parts() {
    for (std::size_t p = 0; p < class_parts_.size(); ++p) {
        std::array<std::uint32_t, lanes> own{};
        for (std::size_t lane = 0; lane < count_; ++lane) {
            own[lane] = index_.profiles.classes_of(query(lane))[p];
        }
        const ClassUnits& of_classes = index_.class_units[p];
        for (std::uint32_t c = 0; c < class_parts_[p].size(); ++c) {
            Units same_as_last = 0;
            for (std::size_t lane = 0; lane < count_; ++lane) {
                if (lane == 0 || own[lane] != own[lane - 1]) {
                    same_as_last = of_classes.of(own[lane], c);
                }
                class_parts_[p][c][lane] = same_as_last;
            }
        }
        for (std::size_t lane = 0; lane < count_; ++lane) {  // no show is closer to a show than itself
            class_reach_[lane] = static_cast<Units>(class_reach_[lane] + class_parts_[p][own[lane]][lane]);
        }
    }
}

void QueryBlock::keep(std::uint32_t profile, std::uint64_t which, const LaneUnits& scores,
                      const LaneUnits& base) {
    for (; which != 0; which &= which - 1) {
        const auto lane = static_cast<std::size_t>(std::countr_zero(which));
        if (profile == query(lane)) {
            continue;
        }
        if (scores[lane] == base[lane] && ties_show_[lane]) {
            tied_seen_ = true;
            if (++tied_[lane] > settings_.top_n) {
                // N ties with lower ids rank before this profile and all later ones like it.
                limit_[lane] = clamped(base[lane] + 1);
                continue;
            }
        }
        keep(lane, profile, scores[lane]);
    }
}

void QueryBlock::keep(std::size_t lane, std::uint32_t profile, Units score) {
    const std::size_t at = lane * capacity_ + length_[lane];
    score_[at] = score;
    profile_[at] = profile;
    if (++length_[lane] == capacity_) {
        tighten(lane);
    }
}

void QueryBlock::end_group() {
    if (tied_seen_) {
        tied_seen_ = false;
        tied_ = {};
        std::copy_n(threshold_.begin(), count_, limit_.begin());
    }
}

void QueryBlock::tighten() {
    for (std::size_t lane = 0; lane < count_; ++lane) {
        tighten(lane);
    }
}

void QueryBlock::tighten(std::size_t lane) {
    const std::size_t begin = lane * capacity_;
    const std::size_t length = length_[lane];
    if (length < settings_.top_n || length == 0) {
        return;
    }
    const Units nth = nth_largest(std::span(score_).subspan(begin, length), settings_.top_n);
    raise(lane, nth - 2 * error_[lane]);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < length; ++i) {
        const Units score = score_[begin + i];
        score_[begin + kept] = score;
        profile_[begin + kept] = profile_[begin + i];
        kept += score >= threshold_[lane] ? 1 : 0;
    }
    length_[lane] = kept;
    if (kept + kept / 4 > capacity_) {
        resolve(lane);
    }
}

// Resolves near ties: keeps the N with the best exact scores.
void QueryBlock::resolve(std::size_t lane) {
    struct Entry {
        Recommendation exact;
        std::uint32_t profile;
        Units score;
    };
    exact_.load(query(lane));
    std::vector<Entry> entries;
    const std::size_t begin = lane * capacity_;
    for (std::size_t i = begin; i < begin + length_[lane]; ++i) {
        entries.push_back({exact_.with(profile_[i]), profile_[i], score_[i]});
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return ranks_before(a.exact, b.exact); });
    entries.resize(std::min(entries.size(), settings_.top_n));
    for (std::size_t i = 0; i < entries.size(); ++i) {
        score_[begin + i] = entries[i].score;
        profile_[begin + i] = entries[i].profile;
    }
    length_[lane] = entries.size();
    raise(lane, static_cast<int>(entries.back().exact.score * one) - error_[lane]);
}

void QueryBlock::raise(std::size_t lane, int threshold) {
    threshold_[lane] = std::max(threshold_[lane], clamped(threshold));
    limit_[lane] = std::max(limit_[lane], threshold_[lane]);
}

}  // namespace bingefriend
