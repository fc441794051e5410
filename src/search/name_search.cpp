#include "search/name_search.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "features/features.hpp"
#include "search/spelling.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_words = 8;           // of a text
constexpr std::size_t max_postings = 200'000;  // of a reading

// What a typed word may stand for, itself or a correction: the words with this beginning.
struct Reading {
    std::span<const NameIndex::Posting> postings;
    std::size_t whole = 0;  // the first so many are of the word itself
};
using Readings = std::vector<Reading>;

// A typed text: its distinct words, and which of them stands at each place.
struct TypedText {
    std::vector<std::string> words;  // distinct, at most 8
    std::vector<std::size_t> word_at;
};

struct Place {
    std::uint32_t position;
    bool whole;
};

// Where the names found have one typed word.
struct Places {
    std::vector<std::uint32_t> first;  // by name found; then the number of places
    std::vector<Place> place;          // of each name in the order of readings, words, positions

    [[nodiscard]] std::span<const Place> of(std::size_t name) const {
        return std::span(place).subspan(first[name], first[name + 1] - first[name]);
    }
};

TypedText typed_text(std::string_view text) {
    TypedText typed;
    for (std::string& word : name_words(text)) {
        if (typed.word_at.size() == max_words) {
            break;
        }
        const auto at = std::find(typed.words.begin(), typed.words.end(), word);
        typed.word_at.push_back(static_cast<std::size_t>(at - typed.words.begin()));
        if (at == typed.words.end()) {
            typed.words.push_back(std::move(word));
        }
    }
    return typed;
}

Reading reading_of(std::string_view word, const NameIndex& index) {
    const NameIndex::Range range = index.beginning_with(word);
    Reading reading{index.postings(range)};
    if (!range.empty() && index.word(range.first) == word) {
        reading.whole = index.postings({range.first, range.first + 1}).size();
    }
    reading.postings = reading.postings.first(std::min(max_postings, reading.postings.size()));
    return reading;
}

// The rows that have every word in one of its readings, ascending.
std::vector<std::uint32_t> rows_with_all(const std::vector<Readings>& words, std::size_t rows) {
    static_assert(max_words <= 8, "a word is a bit of a byte");
    std::vector<std::uint8_t> has(rows);
    std::uint8_t all = 0;
    for (std::size_t word = 0; word < words.size(); ++word) {
        const auto bit = static_cast<std::uint8_t>(1u << word);
        for (const Reading& reading : words[word]) {
            for (const NameIndex::Posting& posting : reading.postings) {
                has[posting.row] |= bit;
            }
        }
        all |= bit;
    }
    std::vector<std::uint32_t> found;
    for (std::size_t row = 0; row < rows; ++row) {
        if (has[row] == all) {
            found.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return found;
}

constexpr std::uint32_t not_found = UINT32_MAX;

// name_of: by row, the number of the name among those found, or not_found.
Places places_of(const Readings& readings, const std::vector<std::uint32_t>& name_of, std::size_t names) {
    Places places;
    places.first.resize(names + 1);
    for (const Reading& reading : readings) {
        for (const NameIndex::Posting& posting : reading.postings) {
            if (const std::uint32_t name = name_of[posting.row]; name != not_found) {
                ++places.first[name];
            }
        }
    }
    std::uint32_t end = 0;
    for (std::uint32_t& first : places.first) {
        end += std::exchange(first, end);
    }
    places.place.resize(end);
    std::vector<std::uint32_t> next(places.first);
    for (const Reading& reading : readings) {
        for (std::size_t i = 0; i < reading.postings.size(); ++i) {
            const NameIndex::Posting& posting = reading.postings[i];
            if (const std::uint32_t name = name_of[posting.row]; name != not_found) {
                places.place[next[name]++] = {posting.position, i < reading.whole};
            }
        }
    }
    return places;
}

// The first position from which the words of the text follow each other in a name; none if they do not.
std::optional<std::uint32_t> phrase_at(const TypedText& typed, const std::vector<Places>& places,
                                       std::size_t name) {
    for (const Place& first : places[typed.word_at.front()].of(name)) {
        bool follows = true;
        for (std::size_t i = 1; follows && i < typed.word_at.size(); ++i) {
            const auto of_word = places[typed.word_at[i]].of(name);
            follows = std::any_of(of_word.begin(), of_word.end(),
                                  [&](const Place& place) { return place.position == first.position + i; });
        }
        if (follows) {
            return first.position;
        }
    }
    return {};
}

// Less is better: how the words stand together, how many are found in part, the words of the name, its row.
std::uint64_t rank_of(const TypedText& typed, const std::vector<Places>& places, std::size_t name,
                      std::uint32_t words, std::uint32_t row) {
    const auto in_part = static_cast<std::uint64_t>(
        std::count_if(typed.word_at.begin(), typed.word_at.end(), [&](std::size_t word) {
            const auto of_word = places[word].of(name);
            return std::none_of(of_word.begin(), of_word.end(),
                                [](const Place& place) { return place.whole; });
        }));
    const std::optional<std::uint32_t> phrase = phrase_at(typed, places, name);
    const bool is_the_name = phrase == 0u && in_part == 0 && words == typed.word_at.size();
    const std::uint64_t together = is_the_name ? 0 : phrase == 0u ? 1 : phrase ? 2 : 3;
    constexpr std::uint64_t max_counted_words = (std::uint64_t{1} << 26) - 1;
    return together << 62 | in_part << 58 | std::min<std::uint64_t>(words, max_counted_words) << 32 | row;
}

std::vector<std::uint32_t> best_matches(const TypedText& typed, const std::vector<Readings>& words,
                                        std::size_t limit, const NameIndex& index) {
    const std::vector<std::uint32_t> found = rows_with_all(words, index.rows());
    if (found.empty()) {
        return {};
    }
    std::vector<std::uint32_t> name_of(index.rows(), not_found);
    for (std::size_t name = 0; name < found.size(); ++name) {
        name_of[found[name]] = static_cast<std::uint32_t>(name);
    }
    std::vector<Places> places;
    for (const Readings& readings : words) {
        places.push_back(places_of(readings, name_of, found.size()));
    }
    std::vector<std::uint64_t> ranks;
    ranks.reserve(found.size());
    for (std::size_t name = 0; name < found.size(); ++name) {
        ranks.push_back(rank_of(typed, places, name, index.words_of(found[name]), found[name]));
    }
    const std::size_t count = std::min(limit, ranks.size());
    std::partial_sort(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(count), ranks.end());
    std::vector<std::uint32_t> rows;
    for (std::size_t i = 0; i < count; ++i) {
        rows.push_back(static_cast<std::uint32_t>(ranks[i]));
    }
    return rows;
}

}  // namespace

std::vector<std::uint32_t> search_names(std::string_view text, std::size_t limit, const NameIndex& index) {
    const TypedText typed = typed_text(text);
    if (typed.words.empty()) {
        return {};
    }
    std::vector<Readings> words;
    for (const std::string& word : typed.words) {
        words.push_back({reading_of(word, index)});
    }
    std::vector<std::uint32_t> found = best_matches(typed, words, limit, index);
    if (!found.empty() || limit == 0) {
        return found;
    }
    bool corrected = false;
    for (std::size_t word = 0; word < words.size(); ++word) {
        if (words[word].front().postings.empty()) {
            words[word].clear();
            for (const std::uint32_t near : corrections(typed.words[word], index)) {
                words[word].push_back(reading_of(index.word(near), index));
            }
            corrected = true;
            if (words[word].empty()) {
                return {};
            }
        }
    }
    return corrected ? best_matches(typed, words, limit, index) : found;
}

}  // namespace bingefriend
