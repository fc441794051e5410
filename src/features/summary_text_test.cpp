#include <gtest/gtest.h>

#include <string>

#include "features/features.hpp"

namespace bingefriend {
namespace {

TEST(SummaryText, keeps_the_words_of_neighbouring_paragraphs_apart) {
    EXPECT_EQ(summary_text("<p>First ends.</p><p>Second begins.</p>"), "First ends. Second begins.");
    EXPECT_EQ(summary_text("one<br>two<br />three<li>four<h2>five</h2>six"), "one two three four five six");
}

TEST(SummaryText, lets_inline_tags_and_comments_vanish_within_a_word) {
    EXPECT_EQ(summary_text("<b>Break</b>ing <i>B</i>ad"), "Breaking Bad");
    EXPECT_EQ(summary_text("half<!-- a comment -->way"), "halfway");
}

TEST(SummaryText, decodes_entities_named_and_numbered) {
    EXPECT_EQ(summary_text("Law &amp; Order &lt;3 caf&eacute; &#8211; &#x4e2d;"), "Law & Order <3 café – 中");
    EXPECT_EQ(summary_text("no&nbsp;break"), "no break");
}

TEST(SummaryText, takes_a_less_than_sign_that_opens_no_tag_as_text) {
    EXPECT_EQ(summary_text("a < b, 1 <2 &amp; x<y>z"), "a < b, 1 <2 & xz");
}

TEST(SummaryText, survives_unclosed_tags) {
    EXPECT_EQ(summary_text("<p>one <b>two <i>three"), "one two three");
    EXPECT_EQ(summary_text("</p></b>end"), "end");
}

TEST(SummaryText, folds_every_kind_of_unicode_white_space) {
    EXPECT_EQ(summary_text(" \t a\u00a0\u2003b\r\rc\u3000\n"), "a b c");
    EXPECT_EQ(summary_text("zero\u200bwidth soft\u00adhyphen"), "zero\u200bwidth soft\u00adhyphen")
        << "what is not white space stays";
}

TEST(SummaryText, of_nothing_is_nothing) {
    EXPECT_EQ(summary_text(""), "");
    EXPECT_EQ(summary_text("<p></p> &nbsp; <br>"), "");
}

TEST(SummaryText, reads_a_summary_of_a_hundred_thousand_open_tags) {
    std::string html;
    for (int i = 0; i < 100'000; ++i) {
        html += "<div>";
    }
    EXPECT_EQ(summary_text(html + "deep"), "deep");
}

TEST(SummaryText, loses_no_text_of_a_summary_with_very_many_tags) {
    std::string html;
    std::string expected;
    for (int i = 0; i < 1'000; ++i) {
        html += "<p>word" + std::to_string(i) + "</p>";
        expected += (i == 0 ? "word" : " word") + std::to_string(i);
    }
    EXPECT_EQ(summary_text(html), expected);
}

}  // namespace
}  // namespace bingefriend
