#include "features/tokens.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/code_points.hpp"

namespace bingefriend {
namespace {

const icu::Normalizer2& nfkd() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status)) {
        throw std::runtime_error(std::string("ICU has no NFKD data: ") + u_errorName(status));
    }
    return *instance;
}

void append_utf8(UChar32 c, std::string& text) {
    std::array<char, U8_MAX_LENGTH> bytes{};
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    text.append(bytes.data(), static_cast<std::size_t>(size));
}

// A character that occurred before, and where its decomposition is in the result.
struct Decomposed {
    UChar32 character = 0;
    std::size_t begin = 0;
    std::size_t length = 0;
};

// Appends the character's decomposition without its accents.  NFKD also sorts neighbouring accents; as all
// are dropped, each character can be decomposed alone.
void append_without_accents(UChar32 c, std::string& text) {
    constexpr UChar32 first_combining = 0x300;
    icu::UnicodeString decomposition;
    if (!nfkd().getDecomposition(c, decomposition)) {
        decomposition = c;
    }
    for (std::int32_t at = 0; at < decomposition.length(); at = decomposition.moveIndex32(at, 1)) {
        const UChar32 part = decomposition.char32At(at);
        if (part < first_combining || nfkd().getCombiningClass(part) == 0) {
            append_utf8(part, text);
        }
    }
}

}  // namespace

bool is_ascii(std::string_view text) noexcept {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; });
}

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
    result.reserve(text.size());
    std::array<Decomposed, 256> recent{};  // by the low bits of the character
    for (std::int32_t at = 0; at < lower.length();) {
        const UChar32 c = lower.char32At(at);
        at += U16_LENGTH(c);
        if (c < 0x80) {
            result += static_cast<char>(c);
            continue;
        }
        Decomposed& known = recent[static_cast<std::size_t>(c) % recent.size()];
        if (known.character == c) {
            result.append(result, known.begin, known.length);
            continue;
        }
        const std::size_t begin = result.size();
        append_without_accents(c, result);
        known = {c, begin, result.size() - begin};
    }
    return result;
}

bool is_word_character_beyond_ascii(std::int32_t c) noexcept {
    return (U_GET_GC_MASK(c) & U_GC_L_MASK) != 0 || u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

}  // namespace bingefriend
