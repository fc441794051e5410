// Generates summaries in an artificial language with the word distribution of English.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bench/generate/profile.hpp"
#include "bench/generate/random.hpp"

namespace bingefriend::bench {

// About every third word is drawn for a genre of the show or one of its themes, which prefer certain
// words. Every twelfth word repeats one of the same text. The others are drawn from all words.
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
    std::vector<Dice> genre_words_;  // over the head of the vocabulary; the last face is the tail
    std::vector<Dice> theme_words_;  // genres × themes
    Dice tail_;
};

// The word of a rank: syllables, unique per rank.
[[nodiscard]] std::string spelled(std::size_t rank);

}  // namespace bingefriend::bench
