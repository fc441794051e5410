#include "features/tokens.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "domain/code_points.hpp"

namespace bingefriend {
namespace {

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; });
}

const icu::Normalizer2& nfkd() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status)) {
        throw std::runtime_error(std::string("ICU has no NFKD data: ") + u_errorName(status));
    }
    return *instance;
}

// In place: a text of 64 KiB may become ten times as long.
icu::UnicodeString without_accents(icu::UnicodeString text) {
    constexpr UChar32 first_combining = 0x300;
    const std::int32_t length = text.length();
    char16_t* const units = text.getBuffer(length);
    std::int32_t kept = 0;
    for (std::int32_t at = 0; at < length;) {
        const std::int32_t begin = at;
        UChar32 c = 0;
        U16_NEXT(units, at, length, c);
        if (c < first_combining || nfkd().getCombiningClass(c) == 0) {
            kept = static_cast<std::int32_t>(std::copy(units + begin, units + at, units + kept) - units);
        }
    }
    text.releaseBuffer(kept);
    return text;
}

}  // namespace

std::string normalised_text(std::string_view text) {
    std::string result;
    if (is_ascii(text)) {
        result.resize(text.size());
        std::transform(text.begin(), text.end(), result.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        return result;
    }
    icu::UnicodeString lower =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    lower.toLower(icu::Locale::getRoot());
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString decomposed = nfkd().normalize(lower, status);
    if (U_FAILURE(status)) {
        throw std::runtime_error(std::string("ICU cannot normalise: ") + u_errorName(status));
    }
    without_accents(std::move(decomposed)).toUTF8String(result);
    return result;
}

bool is_word_character_beyond_ascii(std::int32_t c) noexcept {
    return (U_GET_GC_MASK(c) & U_GC_L_MASK) != 0 || u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

}  // namespace bingefriend
