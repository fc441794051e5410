#include "features/tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <random>
#include <string>
#include <vector>

#include "features/stop_words.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> tokens(std::string_view text) {
    std::vector<std::string> result;
    for_each_token(normalised_text(text), [&](std::string_view token) { result.emplace_back(token); });
    return result;
}

TEST(Tokens, are_runs_of_two_or_more_word_characters_in_lower_case) {
    EXPECT_THAT(tokens("A small-town Sheriff's 2nd war_crime, in 1943!"),
                ElementsAre("small", "town", "sheriff", "2nd", "war_crime", "in", "1943"));
    EXPECT_THAT(tokens(""), IsEmpty());
    EXPECT_THAT(tokens("a b c"), IsEmpty());
}

TEST(Tokens, lose_their_accents) {
    EXPECT_THAT(tokens("Café NAÏVE Ångström Émilie"), ElementsAre("cafe", "naive", "angstrom", "emilie"));
    EXPECT_THAT(tokens("cafe\u0301"), ElementsAre("cafe")) << "composed or not";
}

TEST(Tokens, are_lower_cased_by_the_full_mapping_of_unicode) {
    EXPECT_THAT(tokens("ΟΔΟΣ ΣΑΣ"), ElementsAre("οδος", "σας")) << "a final sigma";
    EXPECT_THAT(tokens("İstanbul"), ElementsAre("istanbul")) << "the dot above is a combining mark";
    EXPECT_THAT(tokens("ДЕТЕКТИВ Straße"), ElementsAre("детектив", "straße"));
}

TEST(Tokens, take_compatibility_forms_apart) {
    EXPECT_THAT(tokens("\ufb01lm \uff26\uff42\uff49 \u216b"), ElementsAre("film", "fbi", "xii"));
    EXPECT_THAT(tokens("m\u00b2 \u00bd"), ElementsAre("m2"))
        << "one half becomes two single digits and a slash";
}

TEST(Tokens, hold_letters_of_every_script_and_numerics) {
    EXPECT_THAT(tokens("名探偵コナン 도깨비 ละคร"), testing::Contains("名探偵コナン"));
    EXPECT_THAT(tokens("\u0661\u0662\u0663"), ElementsAre("\u0661\u0662\u0663")) << "Arabic-Indic digits";
    EXPECT_THAT(tokens("hindi \u0939\u093f\u0928\u094d\u0926\u0940"), ElementsAre("hindi", "\u0928\u0926"))
        << "a spacing vowel sign is no word character, the virama is a combining mark";
}

// The definition: decompose the whole text, then drop what combines.
std::string plainly_normalised(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2& nfkd = *icu::Normalizer2::getNFKDInstance(status);
    icu::UnicodeString lower =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    const icu::UnicodeString decomposed = nfkd.normalize(lower.toLower(icu::Locale::getRoot()), status);
    icu::UnicodeString bare;
    for (std::int32_t at = 0; at < decomposed.length(); at = decomposed.moveIndex32(at, 1)) {
        if (nfkd.getCombiningClass(decomposed.char32At(at)) == 0) {
            bare += decomposed.char32At(at);
        }
    }
    std::string result;
    return bare.toUTF8String(result);
}

TEST(Tokens, are_normalised_as_if_the_whole_text_were_decomposed_at_once) {
    constexpr UChar32 last = 0x10ffff;
    std::string all;
    for (UChar32 c = 0x80; c <= last; ++c) {
        if (!U_IS_SURROGATE(c)) {
            icu::UnicodeString(c).toUTF8String(all);
        }
    }
    EXPECT_TRUE(normalised_text(all) == plainly_normalised(all)) << "every character";

    std::mt19937 random(1);
    const std::vector<UChar32> characters = {
        'a',    'Z',   ' ',   0xe9,   0x130,   0x3a3,   0x301, 0x323,  0xfdfa, 0xdfa,  0xfdfb, 0xac01,
        0x1161, 0x93f, 0x94d, 0xfb01, 0x1d15e, 0x2fa1d, 0x345, 0x1fb4, 0x1e9e, 0x33a5, 0xfffd, 0x10ffff};
    for (int i = 0; i < 2'000; ++i) {
        std::string text = "\xc3";  // is not UTF-8
        for (int length = 0; length < 30; ++length) {
            icu::UnicodeString(characters[random() % characters.size()]).toUTF8String(text);
        }
        ASSERT_EQ(normalised_text(text), plainly_normalised(text));
    }
}

TEST(StopWords, are_the_318_of_the_list_in_lower_case) {
    EXPECT_TRUE(is_stop_word("the"));
    EXPECT_TRUE(is_stop_word("yourselves"));
    EXPECT_TRUE(is_stop_word("fifteen"));
    EXPECT_FALSE(is_stop_word("detective"));
    EXPECT_FALSE(is_stop_word(""));
}

}  // namespace
}  // namespace bingefriend
