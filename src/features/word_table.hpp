// Distinct words with ids, in the order in which they first occur.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

using WordId = std::uint32_t;

// Hash table with open addressing over one string of all words: a word costs its bytes and about 20 more.
class WordTable {
  public:
    WordTable() : slots_(64) {}

    [[nodiscard]] std::size_t size() const noexcept { return end_.size() - 1; }
    [[nodiscard]] std::string_view word(WordId id) const noexcept {
        return std::string_view(characters_).substr(end_[id], end_[id + 1] - end_[id]);
    }

    // Returns the id of the word. A new word gets the previous size as its id.
    WordId number(std::string_view word) {
        const std::uint64_t hash = hash_of(word);
        std::size_t at = hash & (slots_.size() - 1);
        for (; slots_[at].id != none; at = (at + 1) & (slots_.size() - 1)) {
            if (slots_[at].tag == tag_of(hash) && this->word(slots_[at].id) == word) {
                return slots_[at].id;
            }
        }
        const auto id = static_cast<WordId>(size());
        slots_[at] = {id, tag_of(hash)};
        characters_ += word;
        end_.push_back(characters_.size());
        if (2 * size() > slots_.size()) {
            grow();
        }
        return id;
    }

  private:
    static constexpr WordId none = std::numeric_limits<WordId>::max();
    struct Slot {
        WordId id = none;
        std::uint32_t tag = 0;  // of the hash; rules out most other words
    };

    static std::uint64_t hash_of(std::string_view word) noexcept {
        return std::hash<std::string_view>{}(word);
    }
    static std::uint32_t tag_of(std::uint64_t hash) noexcept {
        return static_cast<std::uint32_t>(hash >> 32);
    }

    void grow() {
        std::vector<Slot> larger(2 * slots_.size());
        for (WordId id = 0; id < size(); ++id) {
            const std::uint64_t hash = hash_of(word(id));
            std::size_t at = hash & (larger.size() - 1);
            while (larger[at].id != none) {
                at = (at + 1) & (larger.size() - 1);
            }
            larger[at] = {id, tag_of(hash)};
        }
        slots_.swap(larger);
    }

    std::string characters_;
    std::vector<std::size_t> end_{0};  // of each word in the characters, after a leading 0
    std::vector<Slot> slots_;
};

}  // namespace bingefriend
