#include "base/code_points.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/edit_distance.hpp"

namespace bingefriend {
namespace {

TEST(CodePoints, are_read_from_one_to_four_bytes) {
    const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
    std::size_t at = 0;
    EXPECT_EQ(next_code_point(text, at), 'a');
    EXPECT_EQ(next_code_point(text, at), 0xE9);
    EXPECT_EQ(next_code_point(text, at), 0x20AC);
    EXPECT_EQ(next_code_point(text, at), 0x1F600);
    EXPECT_EQ(at, text.size());
}

TEST(CodePoints, of_bytes_that_are_not_utf_8_are_negative_and_always_end) {
    for (const std::string text : {"\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xC0\x80", "\xED\xA0\x80",
                                   "\xF5\x80\x80\x80", "\x80\x80",
                                   "\xE2\x82"
                                   "a"}) {
        std::size_t at = 0;
        EXPECT_LT(next_code_point(text, at), 0);
        EXPECT_GT(at, 0U);
        EXPECT_LE(at, text.size());
        EXPECT_EQ(letters_of(text).front(), U'\xFFFD');
    }
}

TEST(CodePoints, of_a_view_do_not_reach_past_its_end) {
    const std::string text = "\xF0\x9F\x98\x80";
    std::size_t at = 0;
    EXPECT_LT(next_code_point(std::string_view(text).substr(0, 3), at), 0);
    EXPECT_LE(at, 3U);
}

TEST(EditDistance, counts_letters_inserted_left_out_changed_and_swapped) {
    EXPECT_EQ(edit_distance(U"", U""), 0U);
    EXPECT_EQ(edit_distance(U"", U"abc"), 3U);
    EXPECT_EQ(edit_distance(U"abc", U""), 3U);
    EXPECT_EQ(edit_distance(U"pipelin", U"pipeline"), 1U);
    EXPECT_EQ(edit_distance(U"prot", U"port"), 1U);
    EXPECT_EQ(edit_distance(U"ca", U"abc"), 3U);  // a swap is not edited again
    EXPECT_EQ(edit_distance(std::u32string(max_typed_letters, U'a'), U"b"), max_typed_letters);
}

}  // namespace
}  // namespace bingefriend
