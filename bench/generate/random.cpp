#include "bench/generate/random.hpp"

#include <numeric>

namespace bingefriend::bench {

Dice::Dice(std::span<const double> weights) : faces_(weights.size()) {
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> share(weights.size());
    std::vector<std::uint32_t> poor;
    std::vector<std::uint32_t> rich;
    for (std::uint32_t i = 0; i < share.size(); ++i) {
        share[i] = weights[i] * static_cast<double>(share.size()) / sum;
        (share[i] < 1 ? poor : rich).push_back(i);
    }
    for (std::uint32_t i = 0; i < faces_.size(); ++i) {
        faces_[i] = {1, i};
    }
    while (!poor.empty() && !rich.empty()) {
        const std::uint32_t giver = rich.back();
        const std::uint32_t taker = poor.back();
        poor.pop_back();
        faces_[taker] = {static_cast<float>(share[taker]), giver};
        share[giver] -= 1 - share[taker];
        if (share[giver] < 1) {
            rich.pop_back();
            poor.push_back(giver);
        }
    }
}

}  // namespace bingefriend::bench
