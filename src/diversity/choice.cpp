#include "diversity/choice.hpp"

#include <algorithm>
#include <unordered_map>

#include "similarity/part_functions.hpp"

namespace bingefriend {
namespace {

// A candidate that was compared with the first `compared` entries.  More comparisons can only lower its
// value.
struct Candidate {
    std::size_t index;
    ShowId show;
    double value;
    double max_similarity = 0;
    std::size_t compared = 0;
};

bool comes_after(const Candidate& a, const Candidate& b) {
    return a.value < b.value || (a.value == b.value && a.show > b.show);
}

}  // namespace

std::vector<Recommendation> choice(std::span<const Recommendation> candidates,
                                   const RankingSettings& settings,
                                   const std::function<double(std::size_t, std::size_t)>& similarity,
                                   std::span<const std::uint32_t> franchises) {
    const double diversity = settings.diversity;
    const auto value = [&](std::size_t index, double max_similarity) {
        return rounded((1 - diversity) * candidates[index].score - diversity * max_similarity);
    };
    std::vector<Candidate> heap;
    heap.reserve(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        heap.push_back({i, candidates[i].show, value(i, 0)});
    }
    std::make_heap(heap.begin(), heap.end(), comes_after);
    std::vector<std::size_t> chosen;
    std::unordered_map<std::uint32_t, std::size_t> entries_of_franchise;
    std::vector<Recommendation> list;
    while (list.size() < settings.top_n && !heap.empty()) {
        std::pop_heap(heap.begin(), heap.end(), comes_after);
        Candidate& best = heap.back();
        if (settings.max_per_franchise > 0 &&
            entries_of_franchise[franchises[best.index]] == settings.max_per_franchise) {
            heap.pop_back();
            continue;
        }
        if (diversity > 0 && best.compared < chosen.size()) {
            for (; best.compared < chosen.size(); ++best.compared) {
                best.max_similarity =
                    std::max(best.max_similarity, similarity(best.index, chosen[best.compared]));
            }
            best.value = value(best.index, best.max_similarity);
            std::push_heap(heap.begin(), heap.end(), comes_after);
            continue;
        }
        chosen.push_back(best.index);
        list.push_back(candidates[best.index]);
        if (settings.max_per_franchise > 0) {
            ++entries_of_franchise[franchises[best.index]];
        }
        heap.pop_back();
    }
    return list;
}

}  // namespace bingefriend
