#include "features/word_breaks.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <stdexcept>
#include <string>

#include "base/code_points.hpp"

namespace bingefriend {
namespace {

bool has_no_spaces(std::int32_t c) {
    if (c < 0x0E00) {
        return false;
    }
    constexpr std::int32_t prolonged_sound_mark = 0x30FC;  // of both Japanese scripts
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return true;
        default:
            return c == prolonged_sound_mark;
    }
}

void check(UErrorCode status) {
    if (U_FAILURE(status)) {
        throw std::runtime_error(std::string("ICU cannot break words: ") + u_errorName(status));
    }
}

}  // namespace

struct WordBreaker::Icu {
    Icu() {
        UErrorCode status = U_ZERO_ERROR;
        breaks.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
        normaliser = icu::Normalizer2::getNFCInstance(status);
        check(status);
    }

    void split(std::string_view run, const std::function<void(std::string_view)>& visit) {
        UErrorCode status = U_ZERO_ERROR;
        const icu::UnicodeString text = normaliser->normalize(
            icu::UnicodeString::fromUTF8(icu::StringPiece(run.data(), static_cast<std::int32_t>(run.size()))),
            status);
        check(status);
        breaks->setText(text);
        std::string word;
        for (std::int32_t begin = breaks->first(), end = breaks->next(); end != icu::BreakIterator::DONE;
             begin = end, end = breaks->next()) {
            const icu::UnicodeString part = text.tempSubStringBetween(begin, end);
            if (breaks->getRuleStatus() >= UBRK_WORD_NONE_LIMIT && part.countChar32() >= 2) {
                word.clear();
                visit(part.toUTF8String(word));
            }
        }
    }

    std::unique_ptr<icu::BreakIterator> breaks;
    const icu::Normalizer2* normaliser = nullptr;
};

WordBreaker::WordBreaker() : icu_(std::make_unique<Icu>()) {}
WordBreaker::WordBreaker(WordBreaker&&) noexcept = default;
WordBreaker& WordBreaker::operator=(WordBreaker&&) noexcept = default;
WordBreaker::~WordBreaker() = default;

void WordBreaker::split(std::string_view text, const std::function<void(std::string_view word)>& visit_word,
                        const std::function<void(std::string_view rest)>& visit_rest) {
    std::size_t begin = 0;
    bool in_run = false;
    const auto end_at = [&](std::size_t end) {
        const std::string_view part = text.substr(begin, end - begin);
        if (in_run) {
            icu_->split(part, visit_word);
        } else if (!part.empty()) {
            visit_rest(part);
        }
        begin = end;
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t before = at;
        if (has_no_spaces(next_code_point(text, at)) != in_run) {
            end_at(before);
            in_run = !in_run;
        }
    }
    end_at(text.size());
}

}  // namespace bingefriend
