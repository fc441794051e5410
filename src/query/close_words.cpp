#include "query/close_words.hpp"

#include <unicode/unistr.h>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace bingefriend {
namespace {

constexpr std::size_t most_close = 5;
constexpr std::size_t most_letters = 64;  // longer words are not guessed at

std::u32string code_points(std::string_view text) {
    const auto units =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    std::u32string result;
    for (std::int32_t at = 0; at < units.length(); at = units.moveIndex32(at, 1)) {
        result += static_cast<char32_t>(units.char32At(at));
    }
    return result;
}

std::string utf8(std::u32string_view text) {
    icu::UnicodeString units;
    for (const char32_t c : text) {
        units.append(static_cast<UChar32>(c));
    }
    std::string result;
    units.toUTF8String(result);
    return result;
}

std::size_t errors_allowed(std::size_t letters) {
    return letters < 4 || letters > most_letters ? 0 : letters < 8 ? 1 : 2;
}

}  // namespace

std::size_t spelling_distance(std::u32string_view word, std::u32string_view other, bool whole) {
    // distance[i][j]: of the first i letters of the word and the first j of the other; three rows are enough.
    std::vector<std::size_t> before_last(other.size() + 1);
    std::vector<std::size_t> last(other.size() + 1);
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t j = 0; j <= other.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= word.size(); ++i) {
        std::swap(before_last, last);
        std::swap(last, row);
        row[0] = i;
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const std::size_t changed = last[j - 1] + (word[i - 1] == other[j - 1] ? 0 : 1);
            row[j] = std::min({changed, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1]) {
                row[j] = std::min(row[j], before_last[j - 2] + 1);
            }
        }
    }
    return whole ? row.back() : *std::min_element(row.begin(), row.end());
}

std::shared_ptr<const KnownWords::Words> KnownWords::of(std::int64_t generation, PublishedReader& reader) {
    const std::lock_guard lock(mutex_);
    if (!held_ || held_->generation != generation) {
        auto words = std::make_shared<Words>();
        words->generation = generation;
        for (const NameWord& word :
             reader.name_words(generation, "", std::numeric_limits<std::int32_t>::max())) {
            words->distinct.push_back(code_points(word.word));
        }
        std::sort(words->distinct.begin(), words->distinct.end());
        words->distinct.erase(std::unique(words->distinct.begin(), words->distinct.end()),
                              words->distinct.end());
        held_ = std::move(words);
    }
    return held_;
}

std::vector<std::string> KnownWords::close_to(std::string_view word, std::int64_t generation,
                                              PublishedReader& reader) {
    const std::u32string typed = code_points(word);
    const std::size_t allowed = errors_allowed(typed.size());
    if (allowed == 0) {
        return {};
    }
    using Close = std::tuple<std::size_t, std::size_t, const std::u32string*>;
    std::vector<Close> close;
    const std::shared_ptr<const Words> words = of(generation, reader);
    for (const std::u32string& known : words->distinct) {
        if (known.size() + allowed < typed.size()) {
            continue;
        }
        const std::u32string_view beginning = std::u32string_view(known).substr(0, typed.size() + allowed);
        if (const std::size_t errors = spelling_distance(typed, beginning, false); errors <= allowed) {
            close.emplace_back(errors, spelling_distance(typed, known, true), &known);
        }
    }
    std::sort(close.begin(), close.end());
    std::vector<std::string> result;
    for (std::size_t i = 0; i < std::min(most_close, close.size()); ++i) {
        result.push_back(utf8(*std::get<2>(close[i])));
    }
    return result;
}

}  // namespace bingefriend
