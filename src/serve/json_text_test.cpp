#include "serve/json_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace bingefriend {
namespace {

std::string json_of(const auto& value) {
    JsonText json;
    json.value(value);
    return json.take();
}

TEST(JsonText, separates_members_and_elements) {
    JsonText json;
    json.begin_object();
    json.member("a", std::int64_t{1});
    json.key("b");
    json.begin_array();
    json.value(true);
    json.begin_object();
    json.end_object();
    json.null();
    json.end_array();
    json.member_or_null("c", std::string_view());
    json.member_or_null("d", "text");
    json.end_object();
    EXPECT_EQ(json.take(), R"({"a":1,"b":[true,{},null],"c":null,"d":"text"})");
}

TEST(JsonText, reads_back_as_the_text_it_was) {
    std::string all;
    for (int c = 0; c < 128; ++c) {
        all += static_cast<char>(c);
    }
    for (const std::string& text :
         {all, std::string("\xc3\xa9\xe2\x80\xa8\xf0\x9f\x98\x80"), std::string()}) {
        EXPECT_EQ(nlohmann::json::parse(json_of(text)), text);
    }
    EXPECT_EQ(json_of("a\xff\"b"), "\"a\xef\xbf\xbd\\\"b\"");
}

TEST(JsonText, writes_numbers_that_read_back_the_same) {
    for (const double number : {0.0, 1.0, 0.1, 0.507, 1e-12, 123456789.0, 1e300, -2.5}) {
        EXPECT_EQ(std::strtod(json_of(number).c_str(), nullptr), number);
    }
    EXPECT_EQ(json_of(1.0), "1.0");
    EXPECT_EQ(json_of(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(json_of(std::nan("")), "null");
}

}  // namespace
}  // namespace bingefriend
