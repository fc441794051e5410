// A word with a typing error -> the words of the catalogue's names that may be meant.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "domain/published.hpp"

namespace bingefriend {

// Letters put in, left out, changed or swapped with their neighbour to make `word` of the beginning of
// `other`, or all of it where `whole`; optimal string alignment over code points.  Cost: the product of their
// lengths.
[[nodiscard]] std::size_t spelling_distance(std::u32string_view word, std::u32string_view other, bool whole);

// Holds the words of one generation, read when they are first asked for.  Any thread.
class KnownWords {
  public:
    // The nearest first, five at most: one error in words of four to seven letters, two in longer ones, none
    // in shorter.  Cost: a pass over the distinct words, some milliseconds for 85,000 shows.
    [[nodiscard]] std::vector<std::string> close_to(std::string_view word, std::int64_t generation,
                                                    PublishedReader& reader);

    void forget() {
        const std::lock_guard lock(mutex_);
        held_.reset();
    }

  private:
    struct Words {
        std::int64_t generation = 0;
        std::vector<std::u32string> distinct;  // ascending
    };
    [[nodiscard]] std::shared_ptr<const Words> of(std::int64_t generation, PublishedReader& reader);

    std::mutex mutex_;                   // guards held_
    std::shared_ptr<const Words> held_;  // shared, as a search under way keeps what it began with
};

}  // namespace bingefriend
