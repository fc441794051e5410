// Random numbers that are the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bingefriend {

// SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
class Random {
  public:
    // Different seeds start at unrelated points of the sequence.
    explicit Random(std::uint64_t seed) noexcept : state_(seed) { state_ = next(); }

    [[nodiscard]] std::uint64_t next() noexcept {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    // 0 to n - 1. REQUIRES: 0 < n < 2^32.
    [[nodiscard]] std::size_t below(std::size_t n) noexcept { return ((next() >> 32) * n) >> 32; }

  private:
    std::uint64_t state_;
};

}  // namespace bingefriend
