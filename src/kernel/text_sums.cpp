#include "kernel/text_sums.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "kernel/scan.hpp"

namespace bingefriend {

TextSums::TextSums(const ScanIndex& index) : index_(index), sums_(window) {}

std::size_t TextSums::plan(const QueryBlock& block) {
    lists_.clear();
    std::size_t cost = 3 * index_.profiles.size();  // the sums of each are read and cleared
    for (const QueryBlock::Term& term : block.terms()) {
        const std::uint32_t frequency = index_.terms.frequency[term.column];
        if (frequency > 1) {  // else only the query has it
            const auto [last, before] = term.last_lane;
            lists_.push_back(
                {.at = nullptr,

                 .column = term.column,
                 .frequency = frequency,
                 .lanes = std::min(term.lanes, 3u),
                 .lane = {last, before},
                 .weight = {block.weight(last, term.column), block.weight(before, term.column)}});
            cost += frequency * std::size_t{term.lanes == 1 ? 1u : 2u};
        }
    }
    return cost;
}

void TextSums::scan(QueryBlock& block, const GenreParts& genres, Sets sets) {
    // Lists of about the same length follow each other: the processor then predicts where each ends.
    std::sort(lists_.begin(), lists_.end(), [](const List& a, const List& b) {
        return std::tie(b.lanes, b.frequency) < std::tie(a.lanes, a.frequency);
    });
    const std::size_t profiles = index_.profiles.size();
    const std::size_t windows = (profiles + window - 1) / window;
    const std::size_t first = block.query(0) / window;
    for (std::size_t i = 0; i < windows; ++i) {
        const std::size_t begin = (first + i) % windows * window;
        const std::size_t end = std::min(begin + window, profiles);
        if (i == 0 || begin % FixedIndex::segment_size == 0) {
            open_lists(begin);
        }
        const std::size_t in_segment = begin % FixedIndex::segment_size;
        add_up(block, in_segment, in_segment + (end - begin));
        scan(block, genres, sets, begin, end);
    }
    block.tighten();
}

// Goes to the first posting of each list that is not before the profile.
void TextSums::open_lists(std::size_t profile) {
    const std::size_t segment = profile / FixedIndex::segment_size;
    const std::size_t place = profile % FixedIndex::segment_size;
    for (List& list : lists_) {
        const std::span<const FixedIndex::Posting> postings = index_.terms.of(segment, list.column);
        list.at = postings.data();
        if (place > 0) {
            list.at += std::ranges::lower_bound(postings, place, {}, &FixedIndex::Posting::profile) -
                       postings.begin();
        }
    }
}

// The profiles of a segment from `first` to `last`.
void TextSums::add_up(const QueryBlock& block, std::size_t first, std::size_t last) {
    constexpr std::size_t lists_ahead = 24;
    Units* const sums = sums_.data()->data();
    for (std::size_t i = 0; i < lists_.size(); ++i) {
        List& list = lists_[i];
        __builtin_prefetch(lists_[std::min(i + lists_ahead, lists_.size() - 1)].at);
        const FixedIndex::Posting* at = list.at;
        Units* const sums_1 = sums + list.lane[0];
        Units* const sums_2 = sums + list.lane[1];
        const auto [weight_1, weight_2] = list.weight;
        if (list.lanes == 1) {
            for (; at->profile < last; ++at) {
                Units& sum = sums_1[(at->profile - first) * lanes];
                sum = static_cast<Units>(sum + product(weight_1, at->weight));
            }
        } else if (list.lanes == 2) {
            for (; at->profile < last; ++at) {
                const std::size_t place = (at->profile - first) * lanes;
                sums_1[place] = static_cast<Units>(sums_1[place] + product(weight_1, at->weight));
                sums_2[place] = static_cast<Units>(sums_2[place] + product(weight_2, at->weight));
            }
        } else {
            at = add_postings(at, block.weights(list.column), first, last, sums_);
        }
        list.at = at;
    }
}

// The profiles from begin to end, whose sums are complete.
void TextSums::scan(QueryBlock& block, const GenreParts& genres, Sets sets, std::size_t begin,
                    std::size_t end) {
    static constexpr LaneUnits nothing_shared{};
    for (std::size_t at = begin; at < end;) {
        const std::uint32_t set = index_.profiles.genre_set[at];
        const std::size_t next = std::min<std::size_t>(end, index_.profiles.end_of(set));
        const std::span<LaneUnits> text = std::span(sums_).subspan(at - begin, next - at);
        if (genres.shares(set) && sets == Sets::that_share_no_genre) {
            std::fill(text.begin(), text.end(), LaneUnits{});
        } else {
            scan_sums(index_, static_cast<std::uint32_t>(at), text,
                      genres.shares(set) ? genres.of(set) : nothing_shared, block);
        }
        at = next;
    }
}

}  // namespace bingefriend
