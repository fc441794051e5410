#include "domain/display_width.hpp"

#include <unicode/uchar.h>

namespace bingefriend {

std::size_t display_width(std::int32_t code_point) noexcept {
    switch (u_charType(code_point)) {
        case U_NON_SPACING_MARK:
        case U_ENCLOSING_MARK:
        case U_FORMAT_CHAR:
            return 0;
        default:
            break;
    }
    // The vowels and final consonants of Hangul are drawn into the syllable that the first consonant begins.
    const int syllable = u_getIntPropertyValue(code_point, UCHAR_HANGUL_SYLLABLE_TYPE);
    if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO) {
        return 0;
    }
    const int width = u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace bingefriend
