// Summaries in a made-up language that spreads its words as English does.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bench/generate/profile.hpp"
#include "bench/generate/random.hpp"

namespace bingefriend::bench {

// Every third or so word is drawn for a genre of the show or for one of the genre's themes, which favour
// words of their own; every twelfth comes again from the same text; the others are drawn from all.
class Texts {
  public:
    Texts(const Profile& profile, std::uint64_t seed);

    // HTML of one paragraph.
    [[nodiscard]] std::string summary(std::span<const std::uint32_t> genres, Random& random) const;
    [[nodiscard]] std::string title(Random& random) const;

  private:
    [[nodiscard]] std::size_t drawn_word(const Dice* genre, const Dice* theme,
                                         std::span<const std::size_t> used, Random& random) const;

    double stock_text_share_;
    double log_median_;
    double spread_;
    std::vector<Share> stock_words_;
    std::vector<std::string> stock_texts_;
    Dice common_;
    std::vector<Dice> genre_words_;  // over the head of the vocabulary; its last face is the tail
    std::vector<Dice> theme_words_;  // genres × themes
    Dice tail_;
};

// The word of a rank: letters in syllables, each rank its own.
[[nodiscard]] std::string spelled(std::size_t rank);

}  // namespace bingefriend::bench
