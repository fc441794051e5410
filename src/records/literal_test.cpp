#include "records/literal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bingefriend {
namespace {

using testing::ElementsAre;
using Kind = Literal::Kind;

std::vector<std::string> texts(const std::string& text) {
    const std::optional<Literal> literal = parse_literal(text);
    std::vector<std::string> found;
    if (!literal || literal->kind != Kind::list) {
        return {"not a list"};
    }
    for (const Literal& item : literal->items) {
        found.push_back(item.kind == Kind::text      ? item.text
                        : item.kind == Kind::missing ? "missing"
                                                     : "other");
    }
    return found;
}

TEST(ParseLiteral, reads_lists_as_json_and_python_write_them) {
    for (const char* list : {R"(["Drama", "Crime"])", "['Drama', 'Crime']", " ( 'Drama' , \"Crime\" , ) ",
                             "{'Drama', 'Crime'}", "[u'Drama', b'Crime']", "['Drama' 'Crime']",
                             "array(['Drama', 'Crime'], dtype=object)", "['Drama'\n 'Crime']"}) {
        EXPECT_THAT(texts(list), ElementsAre("Drama", "Crime")) << list;
    }
    EXPECT_THAT(texts("[]"), ElementsAre());
    EXPECT_THAT(texts("[None, nan, null, 'x', 5, True]"),
                ElementsAre("missing", "missing", "missing", "x", "other", "other"));
}

TEST(ParseLiteral, reads_the_escapes_of_both) {
    EXPECT_THAT(texts(R"(['It\'s', "It's", "a\"b", 'a\\b', "a\/b", 'a\tb'])"),
                ElementsAre("It's", "It's", "a\"b", "a\\b", "a/b", "a\tb"));
    EXPECT_THAT(texts(R"(['\xe9', '\u00e9', '\U000000e9', '\351', "\ud83d\udd0e"])"),
                ElementsAre("é", "é", "é", "é", "\U0001F50E"));
    for (const char* broken :
         {R"(['\ud800'])", R"(['\ud800\u0041'])", R"(['\x4'])", R"(['\U00110000'])", R"(['\)"}) {
        EXPECT_FALSE(parse_literal(broken)) << broken;
    }
}

TEST(ParseLiteral, reads_tables) {
    const std::optional<Literal> table =
        parse_literal("{'id': 20, 'name': 'AMC', 'country': {'code': 'US'}, \"x\": None}");
    ASSERT_TRUE(table);
    EXPECT_EQ(table->kind, Kind::table);
    EXPECT_THAT(table->keys, ElementsAre("id", "name", "country", "x"));
    EXPECT_EQ(table->items[0].text, "20");
    EXPECT_EQ(table->items[1].text, "AMC");
    EXPECT_EQ(table->items[2].kind, Kind::table);
    EXPECT_EQ(table->items[3].kind, Kind::missing);
}

TEST(ParseLiteral, refuses_what_is_no_literal_at_a_linear_cost) {
    for (const char* broken :
         {"", "[", "['a'", "['a", "[)", "['a']]", "['a'] x", "{'a':}", "{'a': 1", "array(", ":"}) {
        EXPECT_FALSE(parse_literal(broken)) << broken;
    }
    EXPECT_FALSE(parse_literal(std::string(1'000'000, '[')));
    std::string many = "[";
    for (std::size_t i = 0; i < 1'000'000; ++i) {
        many += "'a',";
    }
    EXPECT_EQ(parse_literal(many + "]").value().kind, Kind::too_long);
}

}  // namespace
}  // namespace bingefriend
