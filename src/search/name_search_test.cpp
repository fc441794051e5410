#include "search/name_search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "features/features.hpp"
#include "search/oracle.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Few letters and words, so that names, words and beginnings of them meet in every way.
std::string random_word(std::mt19937& random, std::size_t max_letters) {
    static const std::vector<std::string> letters{"a", "b", "c", "\u00e7", "\u0431", "\U00010428"};
    std::string word;
    for (std::size_t n = 1 + random() % max_letters; n > 0; --n) {
        word += letters[random() % letters.size()];
    }
    return word;
}

std::string random_name(std::mt19937& random, std::size_t max_words, std::size_t max_letters) {
    std::string name;
    for (std::size_t n = random() % (max_words + 1); n > 0; --n) {
        name += random_word(random, max_letters) + ' ';
    }
    return name;
}

TEST(SearchNames, finds_what_the_plain_search_finds_in_its_order) {
    for (unsigned seed = 0; seed < 30; ++seed) {
        std::mt19937 random(seed);
        const std::size_t max_letters = 1 + seed % 10;
        Catalogue catalogue;
        std::vector<std::string> names;
        for (std::int64_t row = 0; row < 120; ++row) {
            names.push_back(random_name(random, 4, max_letters));
            catalogue.shows.push_back({.id = ShowId{row}, .name = names.back()});
        }
        NameIndex index(names.size());
        for (const NameWord& word : name_words(catalogue)) {
            index.add(word.word, static_cast<std::uint32_t>(to_number(word.show)), word.position, word.words);
        }
        for (int i = 0; i < 60; ++i) {
            const std::string text = random_name(random, 3, max_letters);
            const std::size_t limit = 1 + random() % 20;
            EXPECT_EQ(search_names(text, limit, index), oracle::search_names(text, limit, names))
                << "seed " << seed << ": " << text;
        }
    }
}

TEST(SearchNames, of_a_word_longer_than_is_corrected_finds_nothing) {
    NameIndex index(1);
    index.add(std::string(65, 'a'), 0, 0, 1);
    EXPECT_THAT(search_names(std::string(64, 'a') + 'b', 10, index), IsEmpty());
    EXPECT_THAT(search_names(std::string(63, 'a') + 'b', 10, index), ElementsAre(0));
}

TEST(NameIndexOfWords, refuses_words_that_are_not_in_order) {
    NameIndex index(2);
    index.add("wire", 1, 0, 1);
    EXPECT_THROW(index.add("office", 0, 0, 1), Error);
}

}  // namespace
}  // namespace bingefriend
