// The text of each show as the ids of its words, without stop words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/progress.hpp"
#include "features/word_table.hpp"

namespace bingefriend {

// One text of every show.
struct TextField {
    std::vector<std::string_view> texts;  // n
    std::size_t times = 1;                // each word counts
};

struct TokenisedTexts {
    struct Piece {
        std::uint32_t part = 0;
        std::uint32_t length = 0;
        std::size_t start = 0;
    };

    [[nodiscard]] std::size_t size() const noexcept { return pieces.size(); }
    [[nodiscard]] std::span<const WordId> of(std::size_t text) const noexcept {
        const Piece& piece = pieces[text];
        return std::span(parts[piece.part]).subspan(piece.start, piece.length);
    }

    WordTable words;
    std::vector<Piece> pieces;               // n
    std::vector<std::vector<WordId>> parts;  // one for each thread
};

// An empty word separates fields and their repetitions: no pair of words crosses it.  The result is the same
// for any number of threads, except the ids of the words.  word_breaks: as in TextSettings.
// REQUIRES: equally many texts in all fields.
[[nodiscard]] TokenisedTexts tokenised(const std::vector<TextField>& fields, bool word_breaks,
                                       std::size_t threads, const Progress& progress);

}  // namespace bingefriend
