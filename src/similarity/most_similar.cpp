// The kernel.  docs/kernel.md tells the whole argument; in short:
//
//   index   equal shows are compared once (Profiles); profiles that differ in text alone form a group
//   bound   a group is skipped where even a text equal to the query's would not lift it to the threshold
//   scan    what is left is compared with 64 queries at a time, in 16-bit fixed point, where a genre is
//           shared; and found over the inverted lists where text alone must make the score
//   keep    what reaches the threshold is shortlisted; exact scores decide among the shortlisted
#include <algorithm>
#include <vector>

#include "base/parallel.hpp"
#include "similarity/genre_parts.hpp"
#include "similarity/list_slots.hpp"
#include "similarity/query_block.hpp"
#include "similarity/scan.hpp"
#include "similarity/scan_index.hpp"
#include "similarity/similarity.hpp"
#include "similarity/text_search.hpp"
#include "similarity/uncounted_parts.hpp"

namespace bingefriend {
namespace {

class Worker {
  public:
    Worker(const ScanIndex& index, const RankingSettings& settings, ListSlots& lists)
        : index_(index),
          settings_(settings),
          lists_(lists),
          block_(index, settings),
          genres_(index),
          text_(index) {}

    void operator()(std::size_t begin, std::size_t end) {
        for (; begin < end; begin += lanes) {
            block_.load(static_cast<std::uint32_t>(begin), std::min(lanes, end - begin));
            genres_.load(block_);
            scan_shared_genres();
            search_the_rest();
            for (std::size_t lane = 0; lane < block_.size(); ++lane) {
                write_lists(lane);
            }
        }
    }

  private:
    // The sets nearest to the queries' first: they make the threshold that spares most of the others.
    void scan_shared_genres() {
        const Units near = units(0.75 * index_.weights[Part::genre]);
        for (const std::uint32_t set : genres_.sharing()) {
            if (genres_.greatest(set) >= near) {
                scan(index_, index_.profiles.groups_of(set), genres_.of(set), block_);
            }
        }
        block_.tighten();
        for (const std::uint32_t set : genres_.sharing()) {
            if (genres_.greatest(set) < near) {
                scan(index_, index_.profiles.groups_of(set), genres_.of(set), block_);
            }
        }
        block_.tighten();
    }

    // Lists are visited posting by posting, rows 64 queries at a time: about as fast.
    void search_the_rest() {
        if (text_.plan(block_) < index_.rows.column.size()) {
            text_.search(block_, genres_);
        } else {
            static constexpr LaneUnits nothing_shared{};
            for (std::uint32_t set = 0; set < index_.profiles.genres.size(); ++set) {
                if (!genres_.shares(set)) {
                    scan(index_, index_.profiles.groups_of(set), nothing_shared, block_);
                }
            }
        }
        block_.tighten();
    }

    // The shows of one profile have one list, but that each is left out of its own.
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

}  // namespace

RecommendationLists most_similar(const Features& features, const RankingSettings& settings,
                                 std::size_t threads, const Progress& progress) {
    if (settings.top_n == 0) {
        return ListSlots(features.size(), 0).lists(features.ids);
    }
    if (every_part_counts(settings.weights)) {
        return compared(features, settings, threads, progress);
    }
    RecommendationLists lists =
        compared(counted_features(features, settings.weights), settings, threads, progress);
    add_uncounted_parts(lists, features, settings.weights, threads);
    return lists;
}

}  // namespace bingefriend
