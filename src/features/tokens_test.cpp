#include "features/tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(StopWords, are_the_318_of_the_list_in_lower_case) {
    EXPECT_TRUE(is_stop_word("the"));
    EXPECT_TRUE(is_stop_word("yourselves"));
    EXPECT_TRUE(is_stop_word("fifteen"));
    EXPECT_FALSE(is_stop_word("detective"));
    EXPECT_FALSE(is_stop_word(""));
}

}  // namespace
}  // namespace bingefriend
