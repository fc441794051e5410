#include "similarity/reason_sentence.hpp"

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {
namespace {

// A genre before a noun, and as a noun if it can be one.
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

// The noun for shows of a type.
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

using Words = boost::container::small_vector<std::string_view, 8>;

// "a", "a and b", "a, b and c", each between `before` and `behind`
void append_joined(std::string& text, const Words& words, std::string_view before = {},
                   std::string_view behind = {}) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        text += i == 0 ? "" : i + 1 == words.size() ? " and " : ", ";
        text.append(before).append(words[i]).append(behind);
    }
}

GenreWords words_of(std::string_view genre) {
    const auto at = std::find_if(genre_words.begin(), genre_words.end(),
                                 [&](const GenreWords& words) { return words.genre == genre; });
    return at == genre_words.end() ? GenreWords{genre, genre, ""} : *at;
}

void append_plural_of_type(std::string& text, std::string_view type) {
    const auto at = std::find_if(type_words.begin(), type_words.end(),
                                 [&](const TypeWords& words) { return words.type == type; });
    at == type_words.end() ? text.append(type).append(" shows") : text.append(at->plural);
}

// "crime dramas and thrillers", "nature documentaries", "talk shows"; nothing if neither genre nor type is
// shared.  Most shows are scripted: that type is named only if no genre is.
void append_kind_of_show(std::string& text, const Reasons& reasons) {
    const bool type_leads = !reasons.type.empty() && (reasons.type != "Scripted" || reasons.genres.empty());
    Words before;
    Words nouns;
    for (const std::string_view genre : reasons.genres) {
        const GenreWords words = words_of(genre);
        const bool noun = !words.plural.empty() && !type_leads;
        (noun ? nouns : before).push_back(noun ? words.plural : words.before_noun);
    }
    append_joined(text, before);
    if (!before.empty()) {
        text += ' ';
    }
    if (type_leads) {
        append_plural_of_type(text, reasons.type);
    } else if (nouns.empty() && !before.empty()) {
        text += "shows";
    } else {
        append_joined(text, nouns);
    }
}

// Whether `word` is a whole word of the longer term.
bool holds(std::string_view term, std::string_view word) {
    for (std::size_t at = term.find(word); at != std::string_view::npos; at = term.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || term[at - 1] == ' ') && (end == term.size() || term[end] == ' ')) {
            return true;
        }
    }
    return false;
}

// The terms as in the vocabulary (a pair may have had stop words in between), without words that a longer
// term contains.
Words terms_to_tell(const Reasons& reasons) {
    Words words;
    for (const SharedTerm& term : reasons.terms) {
        const bool held =
            std::any_of(reasons.terms.begin(), reasons.terms.end(), [&](const SharedTerm& other) {
                return other.term.size() > term.term.size() && holds(other.term, term.term);
            });
        if (!held) {
            words.push_back(term.term);
        }
    }
    return words;
}

void append_quoted(std::string& text, const Words& terms) {
    append_joined(text, terms, "“", "”");
}

// The sentence for a show and one like: what both are.
void append_both(std::string& text, const Reasons& reasons, bool tell_language, bool terms_of_names) {
    text += "Both are ";
    const std::size_t begin = text.size();
    append_kind_of_show(text, reasons);
    const auto separate = [&] { text += text.size() == begin ? "" : " "; };
    if (!reasons.network.empty()) {
        separate();
        text.append("on ").append(reasons.network);
    }
    if (tell_language) {
        separate();
        text.append("in ").append(reasons.language);
    }
    if (text.size() == begin) {
        text.clear();
    }
    if (reasons.year != 0) {
        text.append(text.empty() ? "Both" : ", both").append(" premiered in ");
        text += std::to_string(reasons.year);
    }
    if (const Words terms = terms_to_tell(reasons); !terms.empty()) {
        text.append(text.empty() ? "Their" : ", and their");
        text += terms_of_names ? " names or summaries share the term" : " summaries share the term";
        text += terms.size() == 1 ? " " : "s ";
        append_quoted(text, terms);
    }
}

// The sentence for a show and several likes: what it shares with some of them.
void append_several(std::string& text, const Reasons& reasons, bool tell_language, bool terms_of_names) {
    std::vector<std::string> shared;
    if (!reasons.genres.empty()) {
        append_joined(shared.emplace_back(reasons.genres.size() == 1 ? "the genre " : "the genres "),
                      {reasons.genres.begin(), reasons.genres.end()});
    }
    if (!reasons.type.empty() && (reasons.genres.empty() || reasons.type != "Scripted")) {
        shared.push_back(std::string("the type ").append(reasons.type));
    }
    if (!reasons.network.empty()) {
        shared.push_back(std::string("the network ").append(reasons.network));
    }
    if (tell_language) {
        shared.push_back(std::string("the language ").append(reasons.language));
    }
    if (reasons.year != 0) {
        shared.push_back("the year " + std::to_string(reasons.year));
    }
    if (const Words terms = terms_to_tell(reasons); !terms.empty()) {
        append_quoted(
            shared.emplace_back(terms_of_names ? "terms of names or summaries (" : "terms of summaries ("),
            terms);
        shared.back() += ')';
    }
    if (!shared.empty()) {
        text += "Shared with one or more of the shows chosen: ";
        append_joined(text, {shared.begin(), shared.end()});
    }
}

}  // namespace

std::string reason_sentence(const Reasons& reasons, const SentenceContext& context) {
    const bool little = reasons.genres.empty() && reasons.terms.empty();
    const bool tell_language = !reasons.language.empty() && (little || !context.usual_language);
    std::string sentence;
    sentence.reserve(160);
    (context.several ? append_several : append_both)(sentence, reasons, tell_language,
                                                     context.terms_of_names);
    sentence += sentence.empty() ? "No named feature in common." : ".";
    return sentence;
}

}  // namespace bingefriend
