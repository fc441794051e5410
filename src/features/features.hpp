// Public header of features: a catalogue -> what its shows are compared by.  Pure.
//
// The method is that of scikit-learn's TfidfVectorizer and one-hot encoders; docs/method.md works it
// through on three shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/progress.hpp"
#include "domain/feature_row.hpp"
#include "domain/features.hpp"
#include "domain/published.hpp"
#include "domain/show.hpp"
#include "domain/stored_features.hpp"

namespace bingefriend {

// The text of a summary: HTML read as a browser reads it, block elements and line breaks become a
// space, Unicode white space is folded to single spaces, none at the ends.
[[nodiscard]] std::string summary_text(std::string_view html);

// Row r belongs to catalogue.shows[r].
//
//   text      of summary_text and name, each word as often as the settings say: lower case, NFKD without
//             combining marks; tokens are runs of two or more word characters; English stop words dropped;
//             unigrams and bigrams of what is left; the terms of highest corpus frequency (ties: code points
//             ascending); tf × idf with idf = ln((1 + n) / (1 + df)) + 1; rows of length 1, or less with
//             length_floor
//   genres    all names, code points ascending
//   platform, language   the most frequent names (ties: code points ascending), then "other",
//             which also stands for none
//   type      all names, code points ascending; a show without a type has no column
//
// The result is the same at any number of threads (0: as many as the machine has).
//
// Cost: one pass over the texts and three over their tokens; memory 4 bytes a token, some 30 a distinct word
// and 60 a distinct pair of frequent words.
[[nodiscard]] Features compute_features(const Catalogue& catalogue, const FeatureSettings& settings = {},
                                        std::size_t threads = 0, const Progress& progress = no_progress);

// The numbers of shows that parts compare; row r belongs to catalogue.shows[r].
//
//   year     the first four digits of `premiered`; its reference is the greatest
//   rating   as it is; its reference is the mean
[[nodiscard]] PerPart<ValueColumn> show_values(const Catalogue& catalogue);

// What questions may ask beside the features; row r belongs to catalogue.shows[r].
[[nodiscard]] Facets compute_facets(const Catalogue& catalogue);

// A show that need not be in the catalogue, seen with the columns and weights of the catalogue's features:
// what its row would be were it in there and nothing else changed.  Its summary_text is what counts. Cost:
// the text's tokens × the logarithm of the vocabulary.
[[nodiscard]] FeatureRow foreign_row(const Show& show, const Features& features);

// A name or a text as it is compared by those who type it: lower case, without accents.
[[nodiscard]] std::string folded(std::string_view text);

// The words of a name as it is searched: folded, apostrophes dropped ("Bob's" is "bobs"), runs of word
// characters, in order, the first 200 bytes of each.  Of a name without any ("???") they are what stands
// between its blanks.
[[nodiscard]] std::vector<std::string> name_words(std::string_view name);

// Those of every show, in word order.
[[nodiscard]] std::vector<NameWord> name_words(const Catalogue& catalogue);

}  // namespace bingefriend
