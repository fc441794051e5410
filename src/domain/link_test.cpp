#include <gtest/gtest.h>

#include <string>

#include "domain/show.hpp"

namespace bingefriend {
namespace {

TEST(IsLink, takes_what_browsers_open) {
    for (const char* link :
         {"https://www.tvmaze.com/shows/169/breaking-bad", "http://a", "HTTPS://A.example/",
          "http://a.example.", "https://user:word@a.example:8080/x?y=z#w", "http://127.0.0.1:80/",
          "http://[::1]:8080/x", "https://a.example:/", "https://a.example?q", "https://a_b.example/",
          "http://xn--bcher-kva.example/",
          "https://b\xc3\xbc"
          "cher.example/",
          "https://a.example/%zz/\xc3\xbc"}) {
        EXPECT_TRUE(is_link(link)) << link;
    }
}

TEST(IsLink, refuses_what_browsers_cannot_open) {
    for (const char* text : {"",
                             "N/A",
                             "www.example.org/x",
                             "ftp://a.example/",
                             "javascript:alert(1)",
                             "http:",
                             "http://",
                             "https:///x",
                             "https://?x",
                             "https://#x",
                             "http://@/",
                             "https://a@b:99999/",
                             "https://a:65536/",
                             "https://a:x/",
                             "https://a:-1/",
                             "https://:80/",
                             "http://[::1",
                             "http://[::1]x/",
                             "http://[x]/",
                             "http://[]/",
                             "http://256.1.1.1/",
                             "http://1.2.3.4.5/",
                             "http://1.2.3/",
                             "http://a.0x/",
                             "http://a b/",
                             "https://x.org/a b",
                             "https://x\ty/",
                             "https://x/\n",
                             "http://a^b/",
                             "http://a|b/",
                             "http://a%00b/",
                             "http://a,b/",
                             "http://xn--/",
                             "http://xn--a\xc3\xbc/",
                             "http://a.\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97/",  // wide digits
                             "http://\xc3\xbc\xe3\x80\x82\x31/",                // a wide dot
                             "http://\xff/",
                             "https://x/\"onload=y",
                             "https://x/<b>"}) {
        EXPECT_FALSE(is_link(text)) << text;
    }
    EXPECT_FALSE(is_link(std::string("http://a/\0", 10)));
    EXPECT_FALSE(is_link("http://" + std::string(64, 'a') + ".example/"));
    EXPECT_FALSE(is_link("http://a/" + std::string(ShowLimits::link_bytes, 'x')));
}

TEST(CutHtml, ends_within_no_character_tag_or_reference) {
    EXPECT_EQ(cut_html("abc", 3), "abc");
    EXPECT_EQ(cut_html("abcd", 3), "abc");
    EXPECT_EQ(cut_html("ab\xe4\xb8\xad", 4), "ab");
    EXPECT_EQ(cut_html("ab\xf0\x9f\x94\x8e", 5), "ab");
    EXPECT_EQ(cut_html("ab<br/>cd", 5), "ab");
    EXPECT_EQ(cut_html("ab<br/>cd", 8), "ab<br/>c");
    EXPECT_EQ(cut_html("ab&amp;cd", 5), "ab");
    EXPECT_EQ(cut_html("ab&amp;cd", 7), "ab&amp;");
    EXPECT_EQ(cut_html("a & b and more", 9), "a & b and");
    EXPECT_EQ(cut_html("\x80\x80\x80", 2), "");
}

}  // namespace
}  // namespace bingefriend
