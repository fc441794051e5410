#include "features/tf_idf.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <unordered_map>

#include "base/parallel.hpp"
#include "domain/text_weights.hpp"
#include "features/tokenised_texts.hpp"
#include "features/vocabulary.hpp"

namespace bingefriend {
namespace {

constexpr std::int32_t no_column = -1;

// Where a term stands in the matrix.
class TermColumns {
  public:
    TermColumns(const std::vector<Term>& terms, std::size_t words)
        : of_word_(words, no_column), pairs_(words) {
        for (std::size_t column = 0; column < terms.size(); ++column) {
            const TermKey key = terms[column].key;
            const auto first = static_cast<WordId>(key >> 32);
            if (static_cast<WordId>(key) == no_word) {
                of_word_[first] = static_cast<std::int32_t>(column);
            } else {
                of_pair_.emplace(key, static_cast<std::int32_t>(column));
                pairs_[first] = true;
            }
        }
    }

    // Appends the column of every occurrence of a term in a text.
    void append(std::span<const WordId> words, std::vector<std::int32_t>& columns) const {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (of_word_[words[i]] != no_column) {
                columns.push_back(of_word_[words[i]]);
            }
            if (pairs_[words[i]] && i + 1 < words.size()) {
                if (const auto at = of_pair_.find(term_key(words[i], words[i + 1])); at != of_pair_.end()) {
                    columns.push_back(at->second);
                }
            }
        }
    }

  private:
    std::vector<std::int32_t> of_word_;
    std::vector<bool> pairs_;  // words that some pair begins with
    std::unordered_map<TermKey, std::int32_t> of_pair_;
};

// Appends a row, not yet divided by its length, from the columns of its occurrences, ascending.
void append_row(std::span<const std::int32_t> columns, const std::vector<double>& idf,
                const TextSettings& settings, TextMatrix& rows) {
    for (auto run = columns.begin(); run != columns.end();) {
        const auto next = std::find_if(run, columns.end(), [&](std::int32_t c) { return c != *run; });
        rows.column.push_back(*run);
        rows.value.push_back(
            term_weight(static_cast<double>(next - run), idf[static_cast<std::size_t>(*run)], settings));
        run = next;
    }
    rows.row_start.push_back(static_cast<std::int64_t>(rows.value.size()));
}

void append(TextMatrix& rows, const TextMatrix& more) {
    const std::int64_t before = rows.row_start.back();
    for (std::size_t row = 1; row < more.row_start.size(); ++row) {
        rows.row_start.push_back(before + more.row_start[row]);
    }
    rows.column.insert(rows.column.end(), more.column.begin(), more.column.end());
    rows.value.insert(rows.value.end(), more.value.begin(), more.value.end());
}

TextMatrix tf_idf_rows(const TokenisedTexts& texts, const std::vector<Term>& terms,
                       const std::vector<double>& idf, const TextSettings& settings, std::size_t threads) {
    const TermColumns columns(terms, texts.words.size());
    constexpr std::size_t chunk = 4'096;  // rows, enough to be worth a matrix of their own
    std::vector<TextMatrix> chunks((texts.size() + chunk - 1) / chunk);
    in_parallel<1>(chunks.size(), threads, no_progress, [&] {
        return [&, occurrences = std::vector<std::int32_t>()](std::size_t begin, std::size_t) mutable {
            const std::size_t end = std::min(texts.size(), (begin + 1) * chunk);
            for (std::size_t text = begin * chunk; text < end; ++text) {
                occurrences.clear();
                columns.append(texts.of(text), occurrences);
                std::sort(occurrences.begin(), occurrences.end());
                append_row(occurrences, idf, settings, chunks[begin]);
            }
        };
    });
    TextMatrix matrix;
    for (TextMatrix& rows : chunks) {
        append(matrix, rows);
        rows = {};
    }
    return matrix;
}

std::span<double> weights_of(TextMatrix& matrix, std::size_t row) {
    return std::span(matrix.value)
        .subspan(static_cast<std::size_t>(matrix.row_start[row]), matrix.columns_of(row).size());
}

// The median length of the rows that have a term; 0 if none has.
double median_length(const TextMatrix& matrix) {
    std::vector<double> lengths;
    for (std::size_t row = 0; row < matrix.rows(); ++row) {
        if (const std::span<const double> weights = matrix.values_of(row); !weights.empty()) {
            lengths.push_back(row_length(weights));
        }
    }
    if (lengths.empty()) {
        return 0;
    }
    const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
    std::nth_element(lengths.begin(), middle, lengths.end());
    return lengths.size() % 2 == 1 ? *middle : (*std::max_element(lengths.begin(), middle) + *middle) / 2;
}

// The terms of a vocabulary that consist of or start with a word.
struct WordTerms {
    std::int32_t column = no_column;
    bool begins_pair = false;
};

// REQUIRES: terms in ascending order, as a vocabulary has them.
std::int32_t column_of_term(const std::vector<std::string>& terms, std::string_view term) {
    const auto at = std::lower_bound(terms.begin(), terms.end(), term);
    return at != terms.end() && *at == term ? static_cast<std::int32_t>(at - terms.begin()) : no_column;
}

WordTerms word_terms(const std::vector<std::string>& terms, std::string_view word) {
    const std::string pair = std::string(word) + ' ';
    const auto at = std::lower_bound(terms.begin(), terms.end(), pair);
    return {column_of_term(terms, word), at != terms.end() && at->starts_with(pair)};
}

}  // namespace

TextMatrix text_row(const std::vector<TextField>& fields, const Vocabulary& vocabulary,
                    const TextSettings& settings) {
    const TokenisedTexts tokens = tokenised(fields, settings.word_breaks, 1, no_progress);
    std::vector<WordTerms> terms_of;  // by word: a text may repeat one many thousand times
    for (WordId id = 0; id < tokens.words.size(); ++id) {
        terms_of.push_back(word_terms(vocabulary.terms, tokens.words.word(id)));
    }
    std::vector<std::int32_t> occurrences;
    const auto add = [&](std::int32_t column) {
        if (column != no_column) {
            occurrences.push_back(column);
        }
    };
    std::string pair;
    const std::span<const WordId> words = tokens.of(0);
    for (std::size_t i = 0; i < words.size(); ++i) {
        add(terms_of[words[i]].column);
        if (terms_of[words[i]].begins_pair && i + 1 < words.size()) {
            pair.assign(tokens.words.word(words[i])) += ' ';
            add(column_of_term(vocabulary.terms, pair += tokens.words.word(words[i + 1])));
        }
    }
    std::sort(occurrences.begin(), occurrences.end());
    TextMatrix row;
    append_row(occurrences, vocabulary.idf, settings, row);
    divide_by_length(row.value, vocabulary.least_length);
    return row;
}

TextFeatures text_features(const std::vector<TextField>& fields, const TextSettings& settings,
                           std::size_t threads, const Progress& progress) {
    const TokenisedTexts tokens = tokenised(fields, settings.word_breaks, threads, progress);
    const std::vector<Term> terms = vocabulary_terms(tokens, settings);
    TextFeatures features;
    for (const Term& term : terms) {
        features.vocabulary.terms.push_back(term.name);
        features.vocabulary.idf.push_back(inverse_document_frequency(tokens.size(), term.document_frequency));
        features.vocabulary.document_frequency.push_back(term.document_frequency);
    }
    features.matrix = tf_idf_rows(tokens, terms, features.vocabulary.idf, settings, threads);
    if (settings.length_floor) {
        features.vocabulary.least_length = median_length(features.matrix);
    }
    for (std::size_t row = 0; row < features.matrix.rows(); ++row) {
        divide_by_length(weights_of(features.matrix, row), features.vocabulary.least_length);
    }
    return features;
}

}  // namespace bingefriend
