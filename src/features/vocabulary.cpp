#include "features/vocabulary.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace bingefriend {
namespace {

struct TermCount {
    std::int64_t corpus_frequency = 0;
    std::int64_t document_frequency = 0;
    std::size_t last_text = std::numeric_limits<std::size_t>::max();

    void add(std::size_t text) {
        ++corpus_frequency;
        document_frequency += std::exchange(last_text, text) != text ? 1 : 0;
    }
};

struct Limits {
    double least, most;  // document frequency

    [[nodiscard]] bool allow(const TermCount& count) const {
        const auto df = static_cast<double>(count.document_frequency);
        return df >= least && df <= most;
    }
};

std::vector<TermCount> word_counts(const TokenisedTexts& texts) {
    std::vector<TermCount> counts(texts.words.size());
    for (std::size_t text = 0; text < texts.size(); ++text) {
        for (const WordId word : texts.of(text)) {
            counts[word].add(text);
        }
    }
    for (WordId word = 0; word < counts.size(); ++word) {
        if (texts.words.word(word).empty()) {  // it only separates
            counts[word] = {};
        }
    }
    return counts;
}

// The n-th largest, or 0 where there are fewer.
std::int64_t nth_frequency(std::vector<std::int64_t> frequencies, std::size_t n) {
    if (n == 0 || n > frequencies.size()) {
        return 0;
    }
    const auto nth = frequencies.begin() + static_cast<std::ptrdiff_t>(n - 1);
    std::nth_element(frequencies.begin(), nth, frequencies.end(), std::greater<>());
    return *nth;
}

std::unordered_map<TermKey, TermCount> pair_counts(const TokenisedTexts& texts,
                                                   const std::vector<bool>& may_pair) {
    std::unordered_map<TermKey, TermCount> counts;
    for (std::size_t text = 0; text < texts.size(); ++text) {
        const std::span<const WordId> words = texts.of(text);
        for (std::size_t i = 1; i < words.size(); ++i) {
            if (may_pair[words[i - 1]] && may_pair[words[i]]) {
                counts[term_key(words[i - 1], words[i])].add(text);
            }
        }
    }
    return counts;
}

// Every term that may belong to the vocabulary, and some more.
std::vector<Term> candidates(const TokenisedTexts& texts, const TextSettings& settings) {
    const Limits limits{static_cast<double>(std::max<std::size_t>(settings.min_df, 1)),
                        std::max(settings.max_df * static_cast<double>(texts.size()),
                                 static_cast<double>(settings.max_df_shows))};
    const std::vector<TermCount> words = word_counts(texts);
    std::vector<std::int64_t> frequencies;
    for (const TermCount& count : words) {
        if (limits.allow(count)) {
            frequencies.push_back(count.corpus_frequency);
        }
    }
    const std::int64_t least = nth_frequency(std::move(frequencies), settings.max_features);

    std::vector<Term> terms;
    std::vector<bool> may_pair(words.size());
    for (WordId word = 0; word < words.size(); ++word) {
        const TermCount& count = words[word];
        // A word in too many texts is no term, but a pair with it may be.
        may_pair[word] =
            count.corpus_frequency >= least && static_cast<double>(count.document_frequency) >= limits.least;
        if (may_pair[word] && limits.allow(count)) {
            terms.push_back({term_key(word), std::string(texts.words.word(word)), count.corpus_frequency,
                             count.document_frequency});
        }
    }
    if (settings.max_ngram < 2) {
        return terms;
    }
    for (const auto& [key, count] : pair_counts(texts, may_pair)) {
        if (count.corpus_frequency >= least && limits.allow(count)) {
            std::string name(texts.words.word(static_cast<WordId>(key >> 32)));
            name += ' ';
            name += texts.words.word(static_cast<WordId>(key));
            terms.push_back({key, std::move(name), count.corpus_frequency, count.document_frequency});
        }
    }
    return terms;
}

}  // namespace

std::vector<Term> vocabulary_terms(const TokenisedTexts& texts, const TextSettings& settings) {
    if (settings.max_features == 0) {
        return {};
    }
    std::vector<Term> terms = candidates(texts, settings);
    std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) {
        return std::pair(-a.corpus_frequency, std::string_view(a.name)) <
               std::pair(-b.corpus_frequency, std::string_view(b.name));
    });
    terms.resize(std::min(terms.size(), settings.max_features));
    std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.name < b.name; });
    return terms;
}

}  // namespace bingefriend
