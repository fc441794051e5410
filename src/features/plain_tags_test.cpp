#include "features/plain_tags.hpp"

#include <gtest/gtest.h>

#include "features/features.hpp"

namespace bingefriend {
namespace {

TEST(PlainTags, lose_their_attributes_and_nothing_else) {
    EXPECT_EQ(with_plain_tags("<p class=\"a > b\" id='>'>One</p >, <br/>two"), "<p>One</p>, <br>two");
    EXPECT_EQ(with_plain_tags("<a href=x/y =z a= 'b'>a</a>"), "<a>a</a>");
    EXPECT_EQ(with_plain_tags("a < b, 1 <2 &amp; c </ d> e"), "a < b, 1 <2 &amp; c  e");
    EXPECT_EQ(with_plain_tags("no markup"), "no markup");
    EXPECT_EQ(with_plain_tags(""), "");
}

TEST(PlainTags, that_do_not_end_end_with_the_text) {
    EXPECT_EQ(with_plain_tags("before<p class='after"), "before");
    EXPECT_EQ(with_plain_tags("before<p"), "before");
    EXPECT_EQ(with_plain_tags("before<!-- after <p>"), "before");
    EXPECT_EQ(with_plain_tags("before<script>after"), "before");
    EXPECT_EQ(with_plain_tags("before<"), "before<");
    EXPECT_EQ(with_plain_tags("before</"), "before</");
}

TEST(PlainTags, are_without_comments) {
    EXPECT_EQ(with_plain_tags("half<!-- a > -- <p> comment -->way"), "halfway");
    EXPECT_EQ(with_plain_tags("a<!-->b<!--->c<!----->d<!--x--!>e"), "abcde");
    EXPECT_EQ(with_plain_tags("a<!DOCTYPE html>b<?xml version='1'?>c<![CDATA[d]]>e</>f"), "abcef");
}

TEST(PlainTags, are_without_what_a_browser_does_not_show) {
    for (const std::string element : {"script", "style", "SCRIPT", "template", "iframe", "object", "noscript",
                                      "noembed", "noframes", "title"}) {
        EXPECT_EQ(with_plain_tags("a<" + element + " x='>'>if (a<b) { f('<p>') }</" + element + "\n>b"), "ab")
            << element;
    }
    EXPECT_EQ(with_plain_tags("<script></scripts></script>a</script>b"), "ab");
    EXPECT_EQ(with_plain_tags("<scripted>a</scripted>"), "<scripted>a</scripted>");
}

TEST(SummaryText, has_no_text_of_scripts_and_styles) {
    EXPECT_EQ(
        summary_text(
            "<p>Before.<script>var alert = 1;</script></p><style>p { color: red }</style><p>After.</p>"),
        "Before. After.");
    std::string html = "<script>";
    for (int i = 0; i < 1'000; ++i) {  // more tags than are parsed at a time
        html += "<p>hidden</p>";
    }
    EXPECT_EQ(summary_text("a" + html + "</script>b"), "ab");
    EXPECT_EQ(summary_text("a<!--" + html + "-->b"), "ab");
}

// The parser compares every attribute of a tag with those before it: it must not see them.
TEST(SummaryText, of_a_tag_with_very_many_attributes_has_none_of_them_parsed) {
    std::string html = "<p";
    for (int i = 0; i < 10'000; ++i) {
        html += " a" + std::to_string(i) + "=b";
    }
    EXPECT_EQ(with_plain_tags(html + ">text"), "<p>text");
    EXPECT_EQ(summary_text(html + ">text"), "text");
}

}  // namespace
}  // namespace bingefriend
