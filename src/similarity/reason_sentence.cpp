#include "similarity/reason_sentence.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace bingefriend {
namespace {

// A genre before a noun, and as a noun where it can stand alone.
struct GenreWords {
    std::string_view genre, before_noun, plural;
};
constexpr auto genre_words = std::to_array<GenreWords>({
    {"Action", "action", ""},
    {"Adult", "adult", ""},
    {"Adventure", "adventure", ""},
    {"Anime", "anime", ""},
    {"Children", "children's", ""},
    {"Comedy", "comedy", "comedies"},
    {"Crime", "crime", ""},
    {"DIY", "DIY", ""},
    {"Drama", "drama", "dramas"},
    {"Espionage", "espionage", ""},
    {"Family", "family", ""},
    {"Fantasy", "fantasy", ""},
    {"Food", "food", ""},
    {"History", "historical", ""},
    {"Horror", "horror", ""},
    {"Legal", "legal", ""},
    {"Medical", "medical", ""},
    {"Music", "music", ""},
    {"Mystery", "mystery", ""},
    {"Nature", "nature", ""},
    {"Romance", "romantic", ""},
    {"Science-Fiction", "science-fiction", ""},
    {"Sports", "sports", ""},
    {"Supernatural", "supernatural", ""},
    {"Thriller", "thriller", "thrillers"},
    {"Travel", "travel", ""},
    {"War", "war", ""},
    {"Western", "western", "westerns"},
});

// What shows of a type are called.
struct TypeWords {
    std::string_view type, plural;
};
constexpr auto type_words = std::to_array<TypeWords>({
    {"Animation", "animations"},
    {"Award Show", "award shows"},
    {"Documentary", "documentaries"},
    {"Game Show", "game shows"},
    {"News", "news programmes"},
    {"Panel Show", "panel shows"},
    {"Reality", "reality shows"},
    {"Scripted", "scripted shows"},
    {"Sports", "sports programmes"},
    {"Talk Show", "talk shows"},
    {"Variety", "variety shows"},
});

using Words = std::vector<std::string>;

std::string joined(const Words& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        text += i == 0 ? "" : i + 1 == words.size() ? " and " : ", ";
        text += words[i];
    }
    return text;
}

GenreWords words_of(const std::string& genre) {
    const auto at = std::find_if(genre_words.begin(), genre_words.end(),
                                 [&](const GenreWords& words) { return words.genre == genre; });
    return at == genre_words.end() ? GenreWords{genre, genre, ""} : *at;
}

std::string plural_of_type(const std::string& type) {
    const auto at = std::find_if(type_words.begin(), type_words.end(),
                                 [&](const TypeWords& words) { return words.type == type; });
    return at == type_words.end() ? type + " shows" : std::string(at->plural);
}

// "crime dramas and thrillers", "nature documentaries", "talk shows"; empty where neither genre nor type is
// shared.  A scripted show is what most are: its type is told only where no genre is.
std::string kind_of_show(const Reasons& reasons) {
    const bool type_leads = !reasons.type.empty() && (reasons.type != "Scripted" || reasons.genres.empty());
    Words before;
    Words nouns;
    for (const std::string& genre : reasons.genres) {
        const GenreWords words = words_of(genre);
        const bool noun = !words.plural.empty() && !type_leads;
        (noun ? nouns : before).emplace_back(noun ? words.plural : words.before_noun);
    }
    if (type_leads) {
        nouns = {plural_of_type(reasons.type)};
    } else if (nouns.empty() && !before.empty()) {
        nouns = {"shows"};
    }
    return before.empty() ? joined(nouns) : joined(before) + ' ' + joined(nouns);
}

// In quotes, as the vocabulary has them (a pair may have had stop words between); a word that a longer term
// holds is not told twice.
Words quoted_terms(const Reasons& reasons) {
    Words words;
    for (const SharedTerm& term : reasons.terms) {
        const bool held =
            std::any_of(reasons.terms.begin(), reasons.terms.end(), [&](const SharedTerm& other) {
                const std::string spaced = ' ' + other.term + ' ';
                return other.term != term.term && spaced.find(' ' + term.term + ' ') != std::string::npos;
            });
        if (!held) {
            words.push_back("“" + term.term + "”");
        }
    }
    return words;
}

// Of one show and another: what both are.
std::string sentence_of_both(const Reasons& reasons, bool tell_language) {
    std::string kind = kind_of_show(reasons);
    if (!reasons.network.empty()) {
        kind += (kind.empty() ? "on " : " on ") + reasons.network;
    }
    if (tell_language) {
        kind += (kind.empty() ? "in " : " in ") + reasons.language;
    }
    const Words terms = quoted_terms(reasons);
    std::string sentence = kind.empty() ? "" : "Both are " + kind;
    if (!terms.empty()) {
        sentence += std::string(kind.empty() ? "Their" : ", and their") + " summaries share the " +
                    (terms.size() == 1 ? "term " : "terms ") + joined(terms);
    }
    return sentence;
}

// Of one show and several: what it shares with some of them.
std::string sentence_of_several(const Reasons& reasons, bool tell_language) {
    Words shared;
    if (!reasons.genres.empty()) {
        shared.push_back((reasons.genres.size() == 1 ? "the genre " : "the genres ") +
                         joined(reasons.genres));
    }
    if (!reasons.type.empty() && (reasons.genres.empty() || reasons.type != "Scripted")) {
        shared.push_back("the type " + reasons.type);
    }
    if (!reasons.network.empty()) {
        shared.push_back("the network " + reasons.network);
    }
    if (tell_language) {
        shared.push_back("the language " + reasons.language);
    }
    const Words terms = quoted_terms(reasons);
    if (!terms.empty()) {
        shared.push_back("terms of summaries (" + joined(terms) + ")");
    }
    return shared.empty() ? "" : "Shared with one or more of the shows chosen: " + joined(shared);
}

}  // namespace

std::string reason_sentence(const Reasons& reasons, const SentenceContext& context) {
    const bool little = reasons.genres.empty() && reasons.terms.empty();
    const bool tell_language = !reasons.language.empty() && (little || !context.usual_language);
    const std::string sentence =
        (context.several ? sentence_of_several : sentence_of_both)(reasons, tell_language);
    return sentence.empty() ? "Nothing that has a name is shared." : sentence + '.';
}

}  // namespace bingefriend
