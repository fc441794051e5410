#include "query/name_search.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "features/features.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t most_words = 8;         // of a text; more do not count
constexpr std::size_t most_matches = 50'000;  // of a word

// Where the words of the text stand in one name.
struct Match {
    struct Place {
        std::uint32_t position;
        bool whole;
    };
    std::vector<std::vector<Place>> places;  // by word of the text
    std::uint32_t words = 0;                 // in the name
};

// The least position from which the words of the text follow each other; none where they do not.
std::optional<std::uint32_t> phrase_at(const Match& match) {
    for (const Match::Place& first : match.places.front()) {
        bool follows = true;
        for (std::size_t word = 1; follows && word < match.places.size(); ++word) {
            const auto& places = match.places[word];
            follows = std::any_of(places.begin(), places.end(), [&](const Match::Place& place) {
                return place.position == first.position + word;
            });
        }
        if (follows) {
            return first.position;
        }
    }
    return {};
}

// Less is better: how the words stand together, how many are found in part, the words of the name.
using Rank = std::tuple<int, std::size_t, std::uint32_t>;
Rank rank(const Match& match) {
    std::size_t parts_of_words = 0;
    for (const auto& places : match.places) {
        parts_of_words +=
            std::none_of(places.begin(), places.end(), [](const Match::Place& p) { return p.whole; }) ? 1 : 0;
    }
    const std::optional<std::uint32_t> phrase = phrase_at(match);
    const bool is_the_name = phrase == 0u && parts_of_words == 0 && match.words == match.places.size();
    return {is_the_name ? 0 : phrase == 0u ? 1 : phrase ? 2 : 3, parts_of_words, match.words};
}

// A word of the text, and what it may stand for: itself, or words spelled nearly so.
using Readings = std::vector<std::string>;

// The shows that have every word, in one of its readings.
std::map<ShowId, Match> matches(const std::vector<Readings>& words, std::int64_t generation,
                                PublishedReader& reader) {
    std::map<ShowId, Match> found;
    for (std::size_t word = 0; word < words.size(); ++word) {
        for (const std::string& reading : words[word]) {
            for (const NameWord& of_name : reader.name_words(generation, reading, most_matches)) {
                if (word > 0 && !found.contains(of_name.show)) {
                    continue;
                }
                Match& match = found[of_name.show];
                match.places.resize(word + 1);
                match.places[word].push_back({of_name.position, of_name.word == reading});
                match.words = of_name.words;
            }
        }
        std::erase_if(found, [&](const auto& entry) { return entry.second.places.size() <= word; });
    }
    return found;
}

// A word that begins none of the names' is read as the known ones that are close to it.
std::vector<Readings> close_readings(const std::vector<Readings>& words, std::int64_t generation,
                                     PublishedReader& reader, KnownWords& known) {
    std::vector<Readings> result;
    for (const Readings& typed : words) {
        const bool begins_one = !reader.name_words(generation, typed.front(), 1).empty();
        result.push_back(begins_one ? typed : known.close_to(typed.front(), generation, reader));
    }
    return result;
}

}  // namespace

std::vector<ShowFacts> search_names(std::string_view text, std::size_t limit, PublishedReader& reader,
                                    KnownWords& known) {
    std::vector<Readings> words;
    for (std::string& word : name_words(text)) {
        words.push_back({std::move(word)});
    }
    words.resize(std::min(words.size(), most_words));
    const std::optional<Generation> generation = reader.current();
    if (words.empty() || !generation) {
        return {};
    }
    std::map<ShowId, Match> found = matches(words, generation->number, reader);
    if (found.empty()) {
        if (reader.name_words(generation->number, "", 1).empty()) {
            return reader.shows_named(text, limit);
        }
        const std::vector<Readings> close = close_readings(words, generation->number, reader, known);
        if (close != words) {
            found = matches(close, generation->number, reader);
        }
    }
    std::vector<std::pair<Rank, ShowId>> ranked;
    for (const auto& [show, match] : found) {
        ranked.emplace_back(rank(match), show);
    }
    const std::size_t count = std::min(limit, ranked.size());
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count), ranked.end());
    std::vector<ShowId> ids;
    for (std::size_t i = 0; i < count; ++i) {
        ids.push_back(ranked[i].second);
    }
    return reader.shows(ids, generation->number);
}

}  // namespace bingefriend
