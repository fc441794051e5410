#include "edition/show_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "edition/in_memory_reader.hpp"

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
        for (const ShowDetails& show :
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

}  // namespace
}  // namespace bingefriend
