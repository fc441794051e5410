// The features of a catalogue, by which shows are compared.  n is the number of shows; row r belongs to
// shows[r].
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "domain/parts.hpp"
#include "domain/show.hpp"

namespace bingefriend {

// How the text features are computed.  The names are scikit-learn's where it has one.
struct TextSettings {
    static constexpr std::size_t all_terms = std::numeric_limits<std::size_t>::max();

    std::size_t max_features = 500;  // maximum number of terms
    std::size_t min_df = 2;          // minimum number of shows with a term
    double max_df = 0.8;             // maximum share of all shows with a term
    std::size_t max_df_shows = 0;    // so many shows may have a term, whatever max_df says
    std::size_t max_ngram = 2;       // 1: terms are words; 2: also pairs of neighbouring words
    std::size_t summary = 1;         // how often each word of the summary counts
    std::size_t name = 0;            // how often each word of the name counts
    bool word_breaks = false;        // split scripts without spaces, such as Chinese, into words
    bool sublinear_tf = false;       // 1 + ln tf instead of tf
    bool length_floor = false;       // divide rows by at least the median length of all rows with terms

    friend bool operator==(const TextSettings&, const TextSettings&) = default;
};

// The fields that the metadata part compares.
struct MetadataFields {
    bool platform = true;
    bool type = true;
    bool language = true;

    friend bool operator==(const MetadataFields&, const MetadataFields&) = default;
};

struct FeatureSettings {
    TextSettings text;
    bool genre_idf = false;  // rare genres weigh more
    MetadataFields metadata;
    std::size_t top_n_platforms = 20;
    std::size_t top_n_languages = 5;

    friend bool operator==(const FeatureSettings&, const FeatureSettings&) = default;
};

// n × terms, compressed sparse rows; the columns of a row ascend.  A row has length 1, less with
// TextSettings::length_floor, or 0 if the show has none of the terms.
struct TextMatrix {
    std::vector<std::int64_t> row_start{0};  // n + 1
    std::vector<std::int32_t> column;
    std::vector<double> value;

    [[nodiscard]] std::size_t rows() const noexcept { return row_start.size() - 1; }
    [[nodiscard]] std::span<const std::int32_t> columns_of(std::size_t row) const noexcept {
        return std::span(column).subspan(begin_of(row), length_of(row));
    }
    [[nodiscard]] std::span<const double> values_of(std::size_t row) const noexcept {
        return std::span(value).subspan(begin_of(row), length_of(row));
    }

    friend bool operator==(const TextMatrix&, const TextMatrix&) = default;

  private:
    [[nodiscard]] std::size_t begin_of(std::size_t row) const noexcept {
        return static_cast<std::size_t>(row_start[row]);
    }
    [[nodiscard]] std::size_t length_of(std::size_t row) const noexcept {
        return static_cast<std::size_t>(row_start[row + 1] - row_start[row]);
    }
};

// The terms in column order (ascending code points) and the numbers that determine their weights.
struct Vocabulary {
    std::vector<std::string> terms;
    std::vector<double> idf;
    std::vector<std::int64_t> document_frequency;  // shows that have the term
    double least_length = 0;                       // rows are divided by at least this

    friend bool operator==(const Vocabulary&, const Vocabulary&) = default;
};

// One-hot: the column of each show, or `none`.  The last column may stand for everything without
// a name of its own; `names` then ends in "other".
struct Categories {
    static constexpr std::int32_t none = -1;

    std::vector<std::string> names;
    std::vector<std::int32_t> column;  // n

    friend bool operator==(const Categories&, const Categories&) = default;
};

// Multi-hot: the genres of each show as ascending columns, each once.
struct GenreSets {
    std::vector<std::string> names;
    std::vector<std::int64_t> row_start{0};  // n + 1
    std::vector<std::int32_t> column;
    std::vector<double> idf;  // of each name; empty: every genre weighs 1
    double unknown_idf = 1;   // of a genre that has no column

    [[nodiscard]] std::size_t rows() const noexcept { return row_start.size() - 1; }
    [[nodiscard]] std::span<const std::int32_t> of(std::size_t row) const noexcept {
        return std::span(column).subspan(static_cast<std::size_t>(row_start[row]),
                                         static_cast<std::size_t>(row_start[row + 1] - row_start[row]));
    }

    // The square of the weight of a genre.
    [[nodiscard]] double square(std::int32_t genre) const noexcept {
        const double weight = idf.empty() ? 1 : idf[static_cast<std::size_t>(genre)];
        return weight * weight;
    }
    // The square of the length of a set, added in column order.
    [[nodiscard]] double squares(std::span<const std::int32_t> genres) const noexcept {
        double sum = 0;
        for (const std::int32_t genre : genres) {
            sum += square(genre);
        }
        return sum;
    }

    friend bool operator==(const GenreSets&, const GenreSets&) = default;
};

// A number of each show that a part of the score compares.
struct ValueColumn {
    static constexpr double none = -1;  // unknown; every known value is at least 0

    std::vector<double> value;  // n; empty: all are unknown
    double reference = 0;       // a number of the whole catalogue, which the part defines

    [[nodiscard]] double of(std::size_t row) const noexcept { return value.empty() ? none : value[row]; }

    friend bool operator==(const ValueColumn&, const ValueColumn&) = default;
};

struct Features {
    FeatureSettings settings;
    std::vector<ShowId> ids;  // ascending
    GenreSets genres;
    TextMatrix text;
    Vocabulary vocabulary;
    Categories platform;          // the most frequent, then "other"; a show without one counts as "other"
    Categories type;              // all; a show without one has none
    Categories language;          // as platform
    PerPart<ValueColumn> values;  // of the parts that compare a number

    [[nodiscard]] std::size_t size() const noexcept { return ids.size(); }
};

}  // namespace bingefriend
