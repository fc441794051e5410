// The words of the names of one generation in memory: each distinct word with the names that have it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

// Immutable once built.  Row r is the r-th show of the generation in id order.  Memory: 8 bytes per word of a
// name, about 17 per distinct word, 4 per show; 2.9 MB for 85,000 shows.
class NameIndex {
  public:
    struct Posting {
        std::uint32_t row;
        std::uint32_t position;  // 0 the first word of the name
    };
    // Words first to last - 1.
    struct Range {
        std::uint32_t first = 0, last = 0;
        [[nodiscard]] bool empty() const noexcept { return first == last; }
    };

    explicit NameIndex(std::size_t rows = 0) : words_of_(rows) {}

    // Adds the next word, in the order of words (by bytes); words of one text in the order of rows.  `words`:
    // how many the name has.  Throws Error{input} if the words do not ascend.  REQUIRES: row < the number of
    // rows.
    void add(std::string_view word, std::uint32_t row, std::uint32_t position, std::uint32_t words);
    // After the last word.
    void shrink_to_fit();

    [[nodiscard]] std::size_t rows() const noexcept { return words_of_.size(); }
    [[nodiscard]] std::uint32_t words_of(std::uint32_t row) const { return words_of_[row]; }

    // The number of distinct words; REQUIRES below: word < size().
    [[nodiscard]] std::size_t size() const noexcept { return first_posting_.size(); }
    [[nodiscard]] std::string_view word(std::size_t word) const;
    // The number of letters that begin both this word and the one before it, at most 255.
    [[nodiscard]] std::size_t shared_letters(std::size_t word) const { return shared_letters_[word]; }

    [[nodiscard]] Range beginning_with(std::string_view prefix) const;
    // By word, then by row.
    [[nodiscard]] std::span<const Posting> postings(Range words) const;

  private:
    std::string text_;                          // the words, one after the other
    std::vector<std::uint32_t> begin_;          // of each word in the text
    std::vector<std::uint32_t> first_posting_;  // of each word
    std::vector<std::uint8_t> shared_letters_;
    std::vector<Posting> postings_;
    std::vector<std::uint32_t> words_of_;  // by row
};

}  // namespace bingefriend
