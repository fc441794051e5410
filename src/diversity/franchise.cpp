#include "diversity/franchise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/numbers.hpp"
#include "features/features.hpp"

namespace bingefriend {
namespace {

using Words = std::vector<std::string>;

// What a subtitle or an addition begins with.  A colon within a word ("Re:Zero") begins none, nor does a
// hyphen.
constexpr auto separators =
    std::to_array<std::string_view>({": ", " :", "\uff1a", " - ", " \u2013 ", " \u2014 ", " | ", " ~",
                                     " \u301c", " (", "\uff08", " [", " / "});

constexpr auto numerals = std::to_array<std::string_view>(
    {"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii"});  // "i", "v" and "x" are also names
constexpr auto ordinals = std::to_array<std::string_view>(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "final"});
constexpr auto instalments = std::to_array<std::string_view>(
    {"season", "series", "part", "cour", "book", "chapter", "volume", "vol", "act"});
constexpr auto additions =
    std::to_array<std::string_view>({"ova", "ovas", "oad", "ona", "special", "specials"});

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_digits(std::string_view word) {
    return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

// Larger numbers belong to names ("Warehouse 13" does, too, which no rule can see), but years do not.
bool is_count(std::string_view word) {
    const std::optional<int> number = is_digits(word) ? parse_number<int>(word) : std::nullopt;
    return is_one_of(word, numerals) ||
           (number && ((*number >= 1 && *number <= 20) || (*number >= 1900 && *number <= 2099)));
}

// "2nd", "second", "final".
bool is_ordinal(std::string_view word) {
    const bool has_ending =
        word.ends_with("st") || word.ends_with("nd") || word.ends_with("rd") || word.ends_with("th");
    return is_one_of(word, ordinals) || (has_ending && is_digits(word.substr(0, word.size() - 2)));
}

// How many words at the end count a season: "3", "Season 3", "3rd Season", "OVA".
std::size_t words_that_count(const Words& words) {
    const std::string_view last = words.back();
    const std::string_view before = words.size() > 1 ? std::string_view(words[words.size() - 2]) : "";
    if (is_one_of(last, instalments) && (is_ordinal(before) || is_digits(before))) {
        return 2;
    }
    const bool counts = is_count(last) || last == "one" || last == "two" || last == "three";
    if (counts && is_one_of(before, instalments)) {
        return 2;
    }
    const bool within_numbers = is_digits(last) && is_digits(before);  // "9-1-1"
    return (is_count(last) && !within_numbers) || is_one_of(last, additions) ? 1 : 0;
}

bool has_letters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               static_cast<unsigned char>(c) >= 0x80;
    });
}

// The words before the first separator that has any before it.
Words title_words(std::string_view name) {
    std::size_t end = name.size();
    for (const std::string_view separator : separators) {
        const std::size_t at = name.find(separator, 1);
        if (at < end && has_letters(name.substr(0, at))) {
            end = at;
        }
    }
    return name_words(name.substr(0, end));
}

}  // namespace

std::string franchise_key(std::string_view name) {
    Words words = title_words(name);
    while (words.size() > 1) {
        const std::size_t counting = words_that_count(words);
        if (counting == 0 || counting >= words.size()) {
            break;
        }
        words.resize(words.size() - counting);
        if (words.size() > 1 && words.back() == "the") {  // of "The Final Season"
            words.pop_back();
        }
    }
    const auto is_article = [](const std::string& word) {
        return word == "the" || word == "a" || word == "an";
    };
    if (words.size() > 1 && is_article(words.front())) {
        words.erase(words.begin());
    }
    if (words.size() > 2) {
        std::erase(words, "and");
    }
    return fmt::format("{}", fmt::join(words, " "));
}

std::uint32_t FranchiseNumbers::of(std::string_view name) {
    return numbers_.try_emplace(franchise_key(name), static_cast<std::uint32_t>(numbers_.size()))
        .first->second;
}

}  // namespace bingefriend
