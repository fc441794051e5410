#include "console/table.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

TEST(Table, lines_its_columns_up_by_their_width_on_a_terminal) {
    Table table({"id", "show"}, {Align::right, Align::left});
    table.add({"7", "名探偵"});
    table.add({"123", "é"});
    EXPECT_EQ(table.text(), " id  show\n  7  名探偵\n123  é\n");
    Table last({"show", "id"}, {Align::left, Align::right});
    last.add({"名探偵", "1"});
    last.add({"abcdef", "2"});
    EXPECT_EQ(last.text(), "show    id\n名探偵   1\nabcdef   2\n");
}

TEST(Table, cuts_long_cells_and_survives_what_is_no_text) {
    Table table({"x"}, {Align::left});
    table.add({std::string(200, 'y')});
    table.add({"a\xff\x07z"});
    EXPECT_EQ(table.text(), "x\n" + std::string(47, 'y') + "…\na<FF><U+0007>z\n");
}

TEST(Table, counts_the_columns_that_a_terminal_shows) {
    Table table({"x", "n"}, {Align::left, Align::right});
    table.add({"e\u0301", "1"});                     // a letter and its accent
    table.add({"\u1112\u1161\u11ab", "2"});          // one Hangul syllable of three letters
    table.add({"\U0001F44D\U0001F3FD\uFE0F", "3"});  // a thumb with its colour
    table.add({"ｗ", "4"});                          // full width
    table.add({"wxyz", "5"});
    EXPECT_EQ(table.text(),
              "x     n\ne\u0301     1\n\u1112\u1161\u11ab    2\n\U0001F44D\U0001F3FD\uFE0F  3\nｗ    4\n"
              "wxyz  5\n");
}

TEST(Table, drops_a_stack_of_marks) {
    std::string stack = "a";
    for (int i = 0; i < 500; ++i) {
        stack += "\u0301";
    }
    Table table({"x"}, {Align::left});
    table.add({stack});
    EXPECT_LT(table.text().size(), 40U);
}

TEST(Table, fits_into_a_narrow_terminal_by_cutting_texts_but_no_numbers) {
    Table table({"number", "show", "place"}, {Align::right, Align::left, Align::left});
    table.add({"1234567890", "名探偵コナン 名探偵コナン", "a long name of a place"});
    EXPECT_EQ(table.text(40), "    number  show           place\n1234567890  名探偵コナン…  a long name …\n");
    const std::string narrow = table.text(1);
    EXPECT_EQ(narrow, "    number  show      place\n1234567890  名探偵…   a long …\n");
    EXPECT_EQ(table.text(1'000), table.text());
}

}  // namespace
}  // namespace bingefriend
