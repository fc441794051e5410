// The kernel.  docs/kernel.md has the whole argument; in short:
//
//   index   equal shows are compared once (Profiles); profiles that differ only in their text form a group
//   bound   a profile is dropped if even the best text, or the best of all else, would not lift it to the
//   threshold scan    64 queries are compared with a profile at a time, in 16-bit fixed point: term by term
//   of its row, or,
//           where terms are rare, with sums over posting lists; shows that share no genre may also be
//           searched
//   keep    what reaches the threshold is shortlisted; exact scores decide among the shortlisted
#include "kernel/most_similar.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/parallel.hpp"
#include "kernel/genre_parts.hpp"
#include "kernel/query_block.hpp"
#include "kernel/scan.hpp"
#include "kernel/scan_index.hpp"
#include "kernel/text_search.hpp"
#include "kernel/text_sums.hpp"
#include "similarity/part_functions.hpp"

namespace bingefriend {
namespace {

// The lists under construction: a slot of the greatest length for each show, closed up at the end.  Threads
// may write different slots at the same time.
class ListSlots {
  public:
    ListSlots(std::size_t shows, std::size_t top_n)
        : room_(std::min(top_n, shows == 0 ? 0 : shows - 1)), length_(shows), entries_(shows * room_) {}

    // Writes the first entries of `ranked` that fit, except the show itself.
    void write(std::size_t row, ShowId self, std::span<const Recommendation> ranked) {
        Recommendation* const slot = entries_.data() + row * room_;
        std::size_t length = 0;
        for (const Recommendation& r : ranked) {
            if (length == room_) {
                break;
            }
            if (r.show != self) {
                slot[length++] = r;
            }
        }
        length_[row] = static_cast<std::uint32_t>(length);
    }

    [[nodiscard]] RecommendationLists lists(const std::vector<ShowId>& shows) && {
        RecommendationLists result;
        result.shows = shows;
        result.start.reserve(shows.size() + 1);
        std::size_t end = 0;
        for (std::size_t row = 0; row < shows.size(); ++row) {
            const auto from = entries_.begin() + static_cast<std::ptrdiff_t>(row * room_);
            if (end != row * room_) {
                std::copy_n(from, length_[row], entries_.begin() + static_cast<std::ptrdiff_t>(end));
            }
            end += length_[row];
            result.start.push_back(end);
        }
        entries_.resize(end);
        result.entries = std::move(entries_);
        return result;
    }

  private:
    std::size_t room_;
    std::vector<std::uint32_t> length_;
    std::vector<Recommendation> entries_;
};

class Worker {
  public:
    Worker(const ScanIndex& index, const RankingSettings& settings, ListSlots& lists)
        : index_(index),
          settings_(settings),
          lists_(lists),
          block_(index, settings),
          genres_(index),
          text_(index),
          sums_(index) {}

    void operator()(std::size_t begin, std::size_t end) {
        for (; begin < end; begin += lanes) {
            block_.load(static_cast<std::uint32_t>(begin), std::min(lanes, end - begin));
            genres_.load(block_);
            compare();
            for (std::size_t lane = 0; lane < block_.size(); ++lane) {
                write_lists(lane);
            }
        }
    }

  private:
    // Chooses the cheapest way by the number of postings and terms that each visits.
    void compare() {
        if (block_.max_terms() > max_summed_terms) {
            scan_all();
            return;
        }
        std::size_t terms = 0;  // of the profiles that share a genre
        for (const std::uint32_t set : genres_.sharing()) {
            terms += index_.rows.start[index_.profiles.end_of(set)] -
                     index_.rows.start[index_.profiles.begin_of(set)];
        }
        const std::size_t cost_of_sums = sums_.plan(block_);
        // The others usually cost about as much as those that share a genre.
        if (cost_of_sums < 2 * terms) {
            sums_.scan(block_, genres_, TextSums::Sets::all);
            return;
        }
        scan_shared_genres();
        if (text_.plan(block_) < cost_of_sums) {
            text_.search(block_, genres_);
            block_.tighten();
        } else {
            sums_.scan(block_, genres_, TextSums::Sets::that_share_no_genre);
        }
    }

    // Scans the sets nearest to the queries' first: they raise the thresholds that skip most of the others.
    void scan_shared_genres() {
        const Units near = units(0.75 * index_.weights[Part::genre]);
        for (const bool now_near : {true, false}) {
            for (const std::uint32_t set : genres_.sharing()) {
                if ((genres_.greatest(set) >= near) == now_near) {
                    scan(index_, index_.profiles.groups_of(set), genres_.of(set), block_);
                }
            }
            block_.tighten();
        }
    }

    void scan_all() {
        static constexpr LaneUnits nothing_shared{};
        for (std::uint32_t set = 0; set < index_.profiles.genres.size(); ++set) {
            scan(index_, index_.profiles.groups_of(set),
                 genres_.shares(set) ? genres_.of(set) : nothing_shared, block_);
        }
        block_.tighten();
    }

    // The shows of a profile have the same list, except that each is left out of its own.
    void write_lists(std::size_t lane) {
        ExactScores& exact = block_.exact();
        exact.load(block_.query(lane));
        for (const std::uint32_t profile : block_.shortlist(lane)) {
            exact.prefetch(profile);
        }
        candidates_.clear();
        add_shows_of(block_.query(lane), exact);
        for (const std::uint32_t profile : block_.shortlist(lane)) {
            add_shows_of(profile, exact);
        }
        std::sort(candidates_.begin(), candidates_.end(),
                  [](const Recommendation& a, const Recommendation& b) { return ranks_before(a, b); });
        for (const std::uint32_t row : index_.profiles.rows_of(block_.query(lane))) {
            lists_.write(row, index_.features.ids[row], candidates_);
        }
    }

    void add_shows_of(std::uint32_t profile, const ExactScores& exact) {
        Recommendation r = exact.with(profile);
        if (r.score < settings_.min_similarity) {
            return;
        }
        const std::span<const std::uint32_t> rows = index_.profiles.rows_of(profile);
        for (const std::uint32_t row : rows.first(std::min(rows.size(), settings_.top_n + 1))) {
            r.show = index_.features.ids[row];
            candidates_.push_back(r);
        }
    }

    const ScanIndex& index_;
    const RankingSettings& settings_;
    ListSlots& lists_;
    QueryBlock block_;
    GenreParts genres_;
    TextSearch text_;
    TextSums sums_;
    std::vector<Recommendation> candidates_;
};

RecommendationLists compared(const Features& features, const RankingSettings& settings, std::size_t threads,
                             const Progress& progress) {
    const ScanIndex index(features, settings.weights);
    ListSlots lists(features.size(), settings.top_n);
    const std::size_t profiles = index.profiles.size();
    const auto in_shows = [&](std::size_t done, std::size_t) {
        progress(done * features.size() / profiles, features.size());
    };
    in_parallel(profiles, threads, in_shows, [&] { return Worker(index, settings, lists); });
    return std::move(lists).lists(features.ids);
}

bool has_weight(const PartDefinition& part, const Weights& weights) {
    return weights[part.part] > 0;
}

// The features as if no show had genres or terms that do not count: they would only split profiles and groups
// that score the same.
Features weighted_features(const Features& features, const Weights& weights) {
    const std::vector<std::int64_t> empty_rows(features.size() + 1);
    const bool genres = weights[Part::genre] > 0;
    const bool text = weights[Part::text] > 0;
    return {.settings = features.settings,
            .ids = features.ids,
            .genres = genres ? features.genres : GenreSets{{}, empty_rows, {}, {}, 1},
            .text = text ? features.text : TextMatrix{empty_rows, {}, {}},
            .vocabulary = text ? features.vocabulary : Vocabulary{},
            .platform = features.platform,
            .type = features.type,
            .language = features.language,
            .values = features.values};
}

// Computes the parts that have no weight but are shown.  Time: entries × terms of a show.
void add_unweighted_parts(RecommendationLists& lists, const Features& features, const Weights& weights,
                          std::size_t threads) {
    in_parallel(lists.size(), threads, no_progress, [&] {
        return [&](std::size_t begin, std::size_t end) {
            for (std::size_t row = begin; row < end; ++row) {
                for (std::size_t i = lists.start[row]; i < lists.start[row + 1]; ++i) {
                    Recommendation& r = lists.entries[i];
                    const auto at = std::ranges::lower_bound(features.ids, r.show);
                    const auto other = static_cast<std::size_t>(at - features.ids.begin());
                    for (const PartDefinition& d : shown_parts(weights)) {
                        if (!has_weight(d, weights)) {
                            r.parts[d.part] = part_of_pair(d.part, features, row, other);
                        }
                    }
                }
            }
        };
    });
}

}  // namespace

RecommendationLists most_similar(const Features& features, const RankingSettings& settings,
                                 std::size_t threads, const Progress& progress) {
    if (settings.top_n == 0) {
        return ListSlots(features.size(), 0).lists(features.ids);
    }
    const PartList shown = shown_parts(settings.weights);
    if (std::all_of(shown.begin(), shown.end(),
                    [&](const PartDefinition& d) { return has_weight(d, settings.weights); })) {
        return compared(features, settings, threads, progress);
    }
    RecommendationLists lists =
        compared(weighted_features(features, settings.weights), settings, threads, progress);
    add_unweighted_parts(lists, features, settings.weights, threads);
    return lists;
}

}  // namespace bingefriend
