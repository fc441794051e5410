#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/error.hpp"
#include "edition/in_memory_reader.hpp"
#include "edition/name_search.hpp"
#include "edition/oracle.hpp"
#include "edition/show_names.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class NameSearch : public testing::Test {
  protected:
    NameSearch() {
        for (const char* name :
             {"The Wire", "Wire in the Blood", "Wired", "The Office", "The Office Movers", "Pok\u00e9mon",
              "Bob's Burgers", "24", "The Who", "Live Wire Act", "\u0411\u0440\u0438\u0433\u0430\u0434\u0430",
              "\U00010428\U00010429\U0001042A\U0001042B"}) {
            names_.shows.push_back(
                {.id = ShowId{static_cast<std::int64_t>(names_.shows.size()) + 1}, .name = name});
        }
        reader_.publish(1, names_);
    }
    std::vector<std::string> search(std::string_view text, std::size_t limit = 10) {
        const std::int64_t generation = reader_.generation->number;
        std::vector<std::string> found;
        for (const ShowFacts& show :
             reader_.shows(generation, ShowNames(generation, reader_).find(text, limit))) {
            found.push_back(show.name);
        }
        return found;
    }

    Catalogue names_;
    InMemoryReader reader_;
};

TEST_F(NameSearch, gives_the_name_itself_first_then_what_begins_with_it) {
    EXPECT_THAT(search("the office"), ElementsAre("The Office", "The Office Movers"));
    EXPECT_THAT(search("wire"), ElementsAre("Wire in the Blood", "Wired", "The Wire", "Live Wire Act"));
    EXPECT_THAT(search("The Wire"), ElementsAre("The Wire", "Wire in the Blood"));
    EXPECT_THAT(search("wire", 2), ElementsAre("Wire in the Blood", "Wired"));
}

TEST_F(NameSearch, folds_case_accents_and_apostrophes_and_takes_beginnings_of_words) {
    EXPECT_THAT(search("POKEMON"), ElementsAre("Pok\u00e9mon"));
    EXPECT_THAT(search("pok\u00c9"), ElementsAre("Pok\u00e9mon"));
    EXPECT_THAT(search("bobs burg"), ElementsAre("Bob's Burgers"));
    EXPECT_THAT(search("bob\u2019s"), ElementsAre("Bob's Burgers"));
    EXPECT_THAT(search("burg b"), ElementsAre("Bob's Burgers"));
}

TEST_F(NameSearch, finds_short_and_common_words) {
    EXPECT_THAT(search("24"), ElementsAre("24"));
    EXPECT_THAT(search("the who"), ElementsAre("The Who"));
}

TEST_F(NameSearch, finds_nothing_for_no_words_or_strange_ones) {
    EXPECT_THAT(search(""), IsEmpty());
    EXPECT_THAT(search(" !?% "), IsEmpty());
    EXPECT_THAT(search("wire zebra"), IsEmpty());
    EXPECT_THAT(search("\xff\xfe"), IsEmpty());
}

TEST_F(NameSearch, forgives_a_small_typing_error) {
    EXPECT_THAT(search("ofice"), ElementsAre("The Office", "The Office Movers"));
    EXPECT_THAT(search("the offcie"), ElementsAre("The Office", "The Office Movers"));
    EXPECT_THAT(search("bobs burgerz"), ElementsAre("Bob's Burgers"));
    EXPECT_THAT(search("bubgers"), ElementsAre("Bob's Burgers"));
    EXPECT_THAT(search("pokkemom"), ElementsAre("Pok\u00e9mon")) << "eight letters may have two errors";
    EXPECT_THAT(search("wirr zebra"), IsEmpty());
    EXPECT_THAT(search("xho"), IsEmpty()) << "three letters are too few to guess from";
}

TEST_F(NameSearch, counts_errors_by_letters_of_any_script) {
    EXPECT_THAT(search("\u0431\u0440\u0438\u0433\u0434\u0430\u0430"),
                ElementsAre("\u0411\u0440\u0438\u0433\u0430\u0434\u0430"));
    EXPECT_THAT(search("\u0431\u0440\u0433\u0438\u0434\u0430\u0430"), IsEmpty())
        << "seven letters may have one error";
    EXPECT_THAT(search("\U00010428\U00010429\U0001042B\U0001042A"),
                ElementsAre("\U00010428\U00010429\U0001042A\U0001042B"));
}

TEST_F(NameSearch, forgives_errors_by_the_words_of_the_published_generation) {
    EXPECT_THAT(search("ofice"), ElementsAre("The Office", "The Office Movers"));
    names_.shows.resize(3);
    reader_.publish(2, names_);
    EXPECT_THAT(search("ofice"), IsEmpty());
    EXPECT_THAT(search("wyred"), ElementsAre("Wired"));
}

TEST_F(NameSearch, of_a_generation_without_words_looks_into_the_names) {
    reader_.current_data().words.clear();
    EXPECT_THAT(search("WIRE"), ElementsAre("The Wire", "Wire in the Blood", "Wired", "Live Wire Act"));
    EXPECT_THAT(search("ire i"), ElementsAre("Wire in the Blood"));
    EXPECT_THAT(search(" wired\t"), ElementsAre("Wired"));
    EXPECT_THAT(search("the office"), ElementsAre("The Office")) << "a name that is the text stands alone";
    EXPECT_THAT(search("o", 2), ElementsAre("Wire in the Blood", "The Office"));
    EXPECT_THAT(search("ofice"), IsEmpty());
    EXPECT_THAT(search("%"), IsEmpty());
    EXPECT_THAT(search("s\xff"), IsEmpty()) << "not a text";
}

TEST_F(NameSearch, counts_a_repeated_word_once_and_words_beyond_the_eighth_not_at_all) {
    EXPECT_THAT(search("wire wire wire wire wire wire wire wire office"),
                ElementsAre("The Wire", "Live Wire Act", "Wire in the Blood", "Wired"));
    EXPECT_THAT(search("wire wire wire wire wire wire wire office"), IsEmpty());
}

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
