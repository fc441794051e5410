// Random numbers, the same on every machine: the standard specifies engines exactly, but not distributions.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace bingefriend::bench {

class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    // In [0, 1).
    [[nodiscard]] double uniform() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
    // In [0, n).
    [[nodiscard]] std::size_t below(std::size_t n) {
        return static_cast<std::size_t>(uniform() * static_cast<double>(n));
    }
    [[nodiscard]] bool chance(double probability) { return uniform() < probability; }
    // Normal, mean 0 and deviation 1 (Box-Muller).
    [[nodiscard]] double normal() {
        return std::sqrt(-2 * std::log(1 - uniform())) * std::cos(6.283185307179586 * uniform());
    }

  private:
    std::mt19937_64 engine_;
};

// Draws i with a probability proportional to weights[i], in constant time (Walker's alias method).
// REQUIRES: a positive sum.
class Dice {
  public:
    explicit Dice(std::span<const double> weights);

    [[nodiscard]] std::size_t roll(Random& random) const {
        const std::size_t face = random.below(faces_.size());
        return random.uniform() < faces_[face].own ? face : faces_[face].alias;
    }

  private:
    struct Face {
        float own;
        std::uint32_t alias;
    };
    std::vector<Face> faces_;
};

// A Pitman-Yor urn: earlier items are drawn again in proportion to their frequency, and new items keep
// appearing; after n draws there are about n^discount different ones.
class Urn {
  public:
    Urn(double strength, double discount) : strength_(strength), discount_(discount) {}

    // True if the next draw is a new item. Call add() in both cases.
    [[nodiscard]] bool wants_new(Random& random) const {
        const auto drawn = static_cast<double>(drawn_.size());
        return drawn_.empty() || random.chance((strength_ + discount_ * kinds_) / (strength_ + drawn));
    }
    [[nodiscard]] std::uint32_t again(Random& random) const { return drawn_[random.below(drawn_.size())]; }
    void add(std::uint32_t kind, bool is_new) {
        drawn_.push_back(kind);
        kinds_ += is_new ? 1 : 0;
    }

  private:
    double strength_;
    double discount_;
    double kinds_ = 0;
    std::vector<std::uint32_t> drawn_;
};

}  // namespace bingefriend::bench
