#include "base/display_text.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace bingefriend {
namespace {

using namespace std::string_literals;

TEST(DisplayText, leaves_texts_of_every_language_as_they_are) {
    for (const char* text :
         {"", "The Wire", "Pok\u00e9mon", "\u5c04\u96d5\u82f1\u96c4\u4f20", "\u0434\u043e\u043c",
          "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  // Persian with its non-joiner
          "\U0001F468\u200d\U0001F469\u200d\U0001F467", "\u2764\ufe0f\u200d\U0001F525", "e\u0301"}) {
        EXPECT_EQ(display_text(text), text);
        EXPECT_EQ(display_lines(text), text);
        EXPECT_EQ(display_json(text), text);
    }
}

TEST(DisplayText, shows_what_a_terminal_would_obey) {
    EXPECT_EQ(display_text("a\x1b[2Jb\ac\x7f"), "a<U+001B>[2Jb<U+0007>c<U+007F>");
    EXPECT_EQ(display_text("\0"s), "<U+0000>");
    EXPECT_EQ(display_text("\u009b31m\u0080"), "<U+009B>31m<U+0080>") << "C1 controls";
    EXPECT_EQ(display_text("one\ntwo\r\n\tthree\u0085four\u2028five\u2029"), "one two   three four five ");
}

TEST(DisplayText, shows_what_changes_the_direction_or_is_not_seen) {
    for (const auto& [text, shown] : {std::pair("\u202e", "<U+202E>"),
                                      {"\u2066", "<U+2066>"},
                                      {"\u200f", "<U+200F>"},
                                      {"\u061c", "<U+061C>"},
                                      {"\u200b", "<U+200B>"},
                                      {"\ufeff", "<U+FEFF>"},
                                      {"\u00ad", "<U+00AD>"},
                                      {"\u2060", "<U+2060>"},
                                      {"\u3164", "<U+3164>"},
                                      {"\U000E0041", "<U+0E0041>"},
                                      {"\U000E0100", "<U+0E0100>"},
                                      {"\ufff9", "<U+FFF9>"},
                                      {"\u034f", "<U+034F>"},
                                      {"\u2062", "<U+2062>"}}) {
        EXPECT_EQ(display_text("a"s + text), "a"s + shown);
    }
    EXPECT_EQ(display_text("Ad\u200dmin"), "Ad<U+200D>min") << "joins nothing in Latin";
    EXPECT_EQ(display_text("\u200d"), "<U+200D>");
    EXPECT_EQ(display_text("a\ufe0f\ufe0f\ufe0e"), "a\ufe0f<U+FE0F><U+FE0E>") << "one belongs to the letter";
}

TEST(DisplayText, shows_bytes_that_are_no_text) {
    EXPECT_EQ(display_text("a\xff\xc3"), "a<FF><C3>");
    EXPECT_EQ(display_text("\xed\xa0\x80"), "<ED><A0><80>") << "a surrogate";
    EXPECT_EQ(display_text("\xc0\x9b"), "<C0><9B>") << "too long a form of ESC";
    EXPECT_EQ(display_text("\x9b"), "<9B>");
}

TEST(DisplayLines, keep_the_ends_of_lines_alone) {
    EXPECT_EQ(display_lines("a\nb\r\n\x1b"), "a\nb \n<U+001B>");
}

TEST(DisplayJson, has_the_same_values_with_nothing_to_obey) {
    EXPECT_EQ(display_json("{\"a\": \"\x7f\u009b\u202e\U000E0041\"}\n"),
              R"({"a": "\u007F\u009B\u202E\uDB40\uDC41"})"
              "\n");
    EXPECT_EQ(display_json("\"\xff\""), R"("\uFFFD")");
}

TEST(Error, is_one_line_that_a_terminal_shows_as_it_is) {
    const Error error(ErrorKind::input, "bad\nname", "\x1b[31m\u202e\xff", "try\u009b");
    EXPECT_STREQ(error.what(), "bad name: <U+001B>[31m<U+202E><FF>: try<U+009B>");
}

}  // namespace
}  // namespace bingefriend
