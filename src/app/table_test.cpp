#include "app/table.hpp"

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

}  // namespace
}  // namespace bingefriend
