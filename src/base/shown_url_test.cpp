#include "base/shown_url.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace bingefriend {
namespace {

template <typename T>
concept Printable = requires(std::ostream& stream, const T& value) { stream << value; };

TEST(Secret, cannot_be_printed_or_become_a_text) {
    static_assert(Printable<std::string> && !Printable<Secret>);
    static_assert(!std::is_convertible_v<Secret, std::string> &&
                  !std::is_convertible_v<Secret, std::string_view>);
    static_assert(!std::is_convertible_v<std::string, Secret>);
    EXPECT_EQ(Secret("hunter2").reveal(), "hunter2");
}

TEST(WithoutSecrets, leaves_scheme_host_port_and_path) {
    EXPECT_EQ(without_secrets("https://user:pa@ss@host:8/a/b?code=key#x"), "https://host:8/a/b");
    EXPECT_EQ(without_secrets("https://us%40er:p%3Ass@host/"), "https://host/");
    EXPECT_EQ(without_secrets("http://[::1]:80/x?y"), "http://[::1]:80/x");
    EXPECT_EQ(without_secrets("https://b\u00fccher.example/a%40b"), "https://b\u00fccher.example/a%40b");
    EXPECT_EQ(without_secrets("host"), "host");
    EXPECT_EQ(without_secrets(""), "");
}

TEST(WithoutSecrets, shows_the_scheme_alone_where_it_is_not_certain_where_a_password_ends) {
    for (const char* url :
         {"https://user:p@ss:w/rd#1@host/x", "https://user:p@ss/x@host/", "https://user:12/34@host",
          "https://user:p?ss@host/", "https://tok/en@host/", "https://user%3Apass%40host/",
          "https://user:pass", "https://user:pass/x", "https://:@/", "https://user:p@ss\\@host", "https://",
          "https://user:p@ss#@host", "https://host/a@b"}) {
        EXPECT_EQ(without_secrets(url), "https://...") << url;
    }
    EXPECT_EQ(without_secrets("AccountName=a;AccountKey=b"), "...");
}

TEST(WithShownUrls, hides_what_is_secret_in_a_text_of_others) {
    EXPECT_EQ(with_shown_urls("cannot open 'https://u:p@host/x?sig=1' of https://u:p@h: no"),
              "cannot open 'https://host/x' of https://h: no");
    EXPECT_EQ(with_shown_urls("AccountName=a;AccountKey=hunter2==;X=1 and sig=hunter2&se=1"),
              "AccountName=a;AccountKey=...;X=1 and sig=...&se=1");
    EXPECT_EQ(with_shown_urls("--max-shows=5 = x"), "--max-shows=5 = x");
}

TEST(ClearUrl, is_asked_for_without_showing_the_one_that_is_not) {
    EXPECT_NO_THROW(require_clear_url("https://u:p%40ss@host:80/x?code=1", "KEY"));
    try {
        require_clear_url("https://u:p@hunter2/x@host", "SHOW_SERVICE_URL");
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
        EXPECT_NE(std::string(error.what()).find("SHOW_SERVICE_URL"), std::string::npos);
        EXPECT_EQ(std::string(error.what()).find("hunter2"), std::string::npos);
    }
}

}  // namespace
}  // namespace bingefriend
