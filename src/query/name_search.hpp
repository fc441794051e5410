// Words typed -> the shows whose names have them, best match first.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "domain/published.hpp"
#include "query/close_words.hpp"

namespace bingefriend {

// A show is found where each word of the text begins a word of its name.  First come names that are the text,
// then those that begin with it, then those that have it somewhere, in order and together; then the more
// words are found whole; then the shorter names; then by id. A generation that was published without the
// words of its names is searched as shows_named does.
//
// Where nothing is found, words that no name has are taken for those of `known` that are spelled nearly so.
[[nodiscard]] std::vector<ShowFacts> search_names(std::string_view text, std::size_t limit,
                                                  PublishedReader& reader, KnownWords& known);

}  // namespace bingefriend
