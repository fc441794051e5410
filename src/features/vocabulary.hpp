// Which words and pairs of neighbouring words become terms.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "domain/features.hpp"
#include "features/tokenised_texts.hpp"

namespace bingefriend {

// A bigram is both its words, a unigram its word and `no_word`.
using TermKey = std::uint64_t;
inline constexpr WordId no_word = std::numeric_limits<WordId>::max();

[[nodiscard]] constexpr TermKey term_key(WordId first, WordId second = no_word) noexcept {
    return TermKey{first} << 32 | second;
}

struct Term {
    TermKey key;
    std::string name;
    std::int64_t corpus_frequency;    // occurrences in all texts
    std::int64_t document_frequency;  // texts that have it
};

// The terms within the limits of document frequency, of them the `max_features` of the highest corpus
// frequency (ties: the name's code points ascending), in column order: by name.
//
// A pair of words is no more frequent than either of them.  So pairs are counted only where both words are as
// frequent as the last of the `max_features` most frequent single words: no other pair can become a term.
[[nodiscard]] std::vector<Term> vocabulary_terms(const TokenisedTexts& texts, const TextSettings& settings);

}  // namespace bingefriend
