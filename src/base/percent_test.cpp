#include "base/percent.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

TEST(PercentDecoded, decodes_escapes_in_either_case) {
    EXPECT_EQ(percent_decoded("a%20b%2Fc%2fd%C3%A9%00"), std::string("a b/c/d\xc3\xa9\0", 10));
    EXPECT_EQ(percent_decoded_strictly("a%20b"), "a b");
    EXPECT_EQ(percent_decoded("%25%34%31"), "%41") << "decodes once";
}

TEST(PercentDecoded, reads_a_plus_as_a_space_in_queries_only) {
    EXPECT_EQ(percent_decoded("a+b%2B"), "a+b+");
    EXPECT_EQ(percent_decoded("a+b%2B", Plus::space), "a b+");
    EXPECT_EQ(percent_decoded_strictly("a+b%2B", Plus::space), "a b+");
}

TEST(PercentDecoded, keeps_broken_escapes_or_rejects_them_if_strict) {
    for (const char* const text : {"%", "%2", "100%", "%zz", "%2x", "%-1", "%+1", "a%%", "% 1"}) {
        EXPECT_EQ(percent_decoded(text), text);
        EXPECT_FALSE(percent_decoded_strictly(text)) << text;
    }
    EXPECT_EQ(percent_decoded("p%40ss%zz%"), "p@ss%zz%");
    EXPECT_EQ(percent_decoded("%%41"), "%A");
    EXPECT_FALSE(percent_decoded_strictly("%41%%41"));
}

TEST(PercentEncoded, encodes_all_but_unreserved_characters) {
    EXPECT_EQ(percent_encoded("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percent_encoded("a b/\xc3\xa9%+"), "a%20b%2F%C3%A9%25%2B");
    EXPECT_EQ(percent_encoded("a b/c", "/"), "a%20b/c");
    EXPECT_EQ(percent_decoded(percent_encoded("\x01 \xff/?&=+")), "\x01 \xff/?&=+");
}

}  // namespace
}  // namespace bingefriend
