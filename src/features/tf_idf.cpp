#include "features/tf_idf.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "features/stop_words.hpp"
#include "features/tokens.hpp"

namespace bingefriend {
namespace {

using TokenId = std::uint32_t;
using TermKey = std::uint64_t;  // a bigram is both its tokens, a unigram its token and `nothing`

constexpr TokenId nothing = std::numeric_limits<TokenId>::max();

constexpr TermKey term_key(TokenId first, TokenId second) {
    return TermKey{first} << 32 | second;
}
constexpr TokenId first_of(TermKey key) {
    return static_cast<TokenId>(key >> 32);
}
constexpr TokenId second_of(TermKey key) {
    return static_cast<TokenId>(key);
}

// Every text as the numbers of its tokens, stop words left out.
struct TokenisedTexts {
    std::vector<std::string> names;  // by TokenId
    std::vector<TokenId> tokens;
    std::vector<std::size_t> start{0};  // n + 1

    template <typename Visit>
    void for_each_term(std::size_t text, Visit visit) const {
        for (std::size_t i = start[text]; i < start[text + 1]; ++i) {
            visit(term_key(tokens[i], nothing));
            if (i + 1 < start[text + 1]) {
                visit(term_key(tokens[i], tokens[i + 1]));
            }
        }
    }

    [[nodiscard]] std::string term(TermKey key) const {
        std::string term = names[first_of(key)];
        if (second_of(key) != nothing) {
            term += ' ';
            term += names[second_of(key)];
        }
        return term;
    }
};

TokenisedTexts tokenised(const std::vector<std::string_view>& texts, const Progress& progress) {
    TokenisedTexts result;
    std::unordered_map<std::string, TokenId> ids;
    for (std::size_t text = 0; text < texts.size(); ++text) {
        for_each_token(normalised_text(texts[text]), [&](std::string_view token) {
            if (is_stop_word(token)) {
                return;
            }
            const auto [at, is_new] = ids.try_emplace(std::string(token), static_cast<TokenId>(ids.size()));
            if (is_new) {
                result.names.emplace_back(token);
            }
            result.tokens.push_back(at->second);
        });
        result.start.push_back(result.tokens.size());
        progress(text + 1, texts.size());
    }
    return result;
}

struct TermCount {
    std::int64_t corpus_frequency = 0;
    std::int64_t document_frequency = 0;
    std::size_t last_text = std::numeric_limits<std::size_t>::max();
};

struct Term {
    TermKey key;
    std::string name;
    std::int64_t corpus_frequency;
    std::int64_t document_frequency;
};

// The terms that lie within the limits of document frequency and are as frequent as the
// `max_features`-th; usually a few more, as frequencies tie.
std::vector<Term> frequent_terms(const TokenisedTexts& texts, const TextSettings& settings) {
    const std::size_t n = texts.start.size() - 1;
    std::unordered_map<TermKey, TermCount> counts;
    for (std::size_t text = 0; text < n; ++text) {
        texts.for_each_term(text, [&](TermKey key) {
            TermCount& count = counts[key];
            ++count.corpus_frequency;
            if (std::exchange(count.last_text, text) != text) {
                ++count.document_frequency;
            }
        });
    }
    const auto least = static_cast<double>(settings.min_df);
    const double most = settings.max_df * static_cast<double>(n);
    std::erase_if(counts, [&](const auto& entry) {
        const auto df = static_cast<double>(entry.second.document_frequency);
        return df < least || df > most;
    });

    std::vector<std::int64_t> frequencies;
    frequencies.reserve(counts.size());
    for (const auto& [key, count] : counts) {
        frequencies.push_back(count.corpus_frequency);
    }
    std::int64_t threshold = 0;
    if (settings.max_features < frequencies.size()) {
        const auto nth = frequencies.begin() + static_cast<std::ptrdiff_t>(settings.max_features);
        std::nth_element(frequencies.begin(), nth, frequencies.end(), std::greater<>());
        threshold = *nth;
    }
    std::vector<Term> terms;
    for (const auto& [key, count] : counts) {
        if (count.corpus_frequency >= threshold) {
            terms.push_back({key, texts.term(key), count.corpus_frequency, count.document_frequency});
        }
    }
    return terms;
}

// In column order.
std::vector<Term> vocabulary_terms(const TokenisedTexts& texts, const TextSettings& settings) {
    std::vector<Term> terms = frequent_terms(texts, settings);
    std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) {
        return std::pair(-a.corpus_frequency, std::string_view(a.name)) <
               std::pair(-b.corpus_frequency, std::string_view(b.name));
    });
    terms.resize(std::min(terms.size(), settings.max_features));
    std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.name < b.name; });
    return terms;
}

double idf(std::size_t texts, std::int64_t document_frequency) {
    return std::log((1.0 + static_cast<double>(texts)) / (1.0 + static_cast<double>(document_frequency))) +
           1.0;
}

TextMatrix tf_idf_rows(const TokenisedTexts& texts, const std::vector<Term>& terms,
                       const std::vector<double>& idf) {
    std::unordered_map<TermKey, std::int32_t> column_of;
    for (std::size_t column = 0; column < terms.size(); ++column) {
        column_of.emplace(terms[column].key, static_cast<std::int32_t>(column));
    }
    TextMatrix matrix;
    std::vector<std::int32_t> columns;  // of one text, a column for every occurrence
    for (std::size_t text = 0; text + 1 < texts.start.size(); ++text) {
        columns.clear();
        texts.for_each_term(text, [&](TermKey key) {
            if (const auto at = column_of.find(key); at != column_of.end()) {
                columns.push_back(at->second);
            }
        });
        std::sort(columns.begin(), columns.end());
        const std::size_t row = matrix.value.size();
        double squares = 0;
        for (auto run = columns.begin(); run != columns.end();) {
            const auto next = std::upper_bound(run, columns.end(), *run);
            const double weight = static_cast<double>(next - run) * idf[static_cast<std::size_t>(*run)];
            squares += weight * weight;
            matrix.column.push_back(*run);
            matrix.value.push_back(weight);
            run = next;
        }
        const double length = std::sqrt(squares);
        std::for_each(matrix.value.begin() + static_cast<std::ptrdiff_t>(row), matrix.value.end(),
                      [length](double& value) { value /= length; });
        matrix.row_start.push_back(static_cast<std::int64_t>(matrix.value.size()));
    }
    return matrix;
}

}  // namespace

TextFeatures text_features(const std::vector<std::string_view>& texts, const TextSettings& settings,
                           const Progress& progress) {
    const TokenisedTexts tokens = tokenised(texts, progress);
    const std::vector<Term> terms = vocabulary_terms(tokens, settings);
    TextFeatures features;
    for (const Term& term : terms) {
        features.vocabulary.terms.push_back(term.name);
        features.vocabulary.idf.push_back(idf(texts.size(), term.document_frequency));
        features.vocabulary.document_frequency.push_back(term.document_frequency);
    }
    features.matrix = tf_idf_rows(tokens, terms, features.vocabulary.idf);
    return features;
}

}  // namespace bingefriend
