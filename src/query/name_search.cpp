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

// The shows that have every word.
std::map<ShowId, Match> matches(const std::vector<std::string>& words, std::int64_t generation,
                                PublishedReader& reader) {
    std::map<ShowId, Match> found;
    for (std::size_t word = 0; word < words.size(); ++word) {
        for (const NameWord& of_name : reader.name_words(generation, words[word], most_matches)) {
            if (word > 0 && !found.contains(of_name.show)) {
                continue;
            }
            Match& match = found[of_name.show];
            match.places.resize(word + 1);
            match.places[word].push_back({of_name.position, of_name.word == words[word]});
            match.words = of_name.words;
        }
        std::erase_if(found, [&](const auto& entry) { return entry.second.places.size() <= word; });
    }
    return found;
}

}  // namespace

std::vector<ShowFacts> search_names(std::string_view text, std::size_t limit, PublishedReader& reader) {
    std::vector<std::string> words = name_words(text);
    words.resize(std::min(words.size(), most_words));
    const std::optional<Generation> generation = reader.current();
    if (words.empty() || !generation) {
        return {};
    }
    std::vector<std::pair<Rank, ShowId>> ranked;
    for (const auto& [show, match] : matches(words, generation->number, reader)) {
        ranked.emplace_back(rank(match), show);
    }
    if (ranked.empty() && reader.name_words(generation->number, "", 1).empty()) {
        return reader.shows_named(text, limit);
    }
    const std::size_t count = std::min(limit, ranked.size());
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count), ranked.end());
    std::vector<ShowId> ids;
    for (std::size_t i = 0; i < count; ++i) {
        ids.push_back(ranked[i].second);
    }
    const std::vector<ShowFacts> facts = reader.shows(ids, generation->number);
    std::vector<ShowFacts> best_first;
    for (const ShowId id : ids) {
        const auto at =
            std::find_if(facts.begin(), facts.end(), [&](const ShowFacts& f) { return f.id == id; });
        if (at != facts.end()) {
            best_first.push_back(*at);
        }
    }
    return best_first;
}

}  // namespace bingefriend
