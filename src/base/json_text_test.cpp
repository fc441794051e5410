#include "base/json_text.hpp"

#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

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
    EXPECT_EQ(json_of("“école”"), "\"“école”\"");
    EXPECT_EQ(json_of("“a\"b”"), "\"“a\\\"b”\"");
    EXPECT_EQ(json_of("a\xff\"b"), "\"a\xef\xbf\xbd\\\"b\"");
}

// What is rare in a text is found wherever it stands, by itself and beside its neighbours.
TEST(JsonText, writes_every_character_at_every_place_of_a_text) {
    for (int c = 0; c < 128; ++c) {
        for (std::size_t length = 1; length < 20; ++length) {
            for (std::size_t at = 0; at < length; ++at) {
                std::string text(length, 'x');
                text[at] = static_cast<char>(c);
                ASSERT_EQ(nlohmann::json::parse(json_of(text)), text) << c << ' ' << at;
            }
        }
    }
}

TEST(JsonText, writes_numbers_that_read_back_the_same) {
    for (const double number : {0.0, 1.0, 0.1, 0.507, 1e-12, 123456789.0, 1e300, -2.5}) {
        EXPECT_EQ(std::strtod(json_of(number).c_str(), nullptr), number);
    }
    EXPECT_EQ(json_of(1.0), "1.0");
    EXPECT_EQ(json_of(0.0), "0.0");
    EXPECT_EQ(json_of(-0.0), "-0.0");
    EXPECT_EQ(json_of(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(json_of(std::nan("")), "null");
}

// The shortest text, as std::to_chars finds it.
TEST(JsonText, writes_numbers_of_few_digits_as_any_other) {
    std::mt19937_64 random(1);
    const auto check = [](double number) {
        std::array<char, 32> plain{};
        *std::to_chars(plain.data(), plain.data() + plain.size(), number).ptr = '\0';
        ASSERT_EQ(json_of(number), plain.data());
    };
    for (const double scale : {1e1, 1e3, 1e4, 1e6, 1e12, 1e13, 1e15}) {
        for (int i = 0; i < 20'000; ++i) {
            const double digits = std::floor(std::uniform_real_distribution<double>(1, scale)(random));
            check(digits / scale);
            check(std::nextafter(digits / scale, 0));
        }
    }
    for (const double number :
         {1e-3, 0.00099, 0.000999999999, 0.001000000001, 0.999999999999, 0.9999999999999, 0.1 + 0.2, 5e-13}) {
        check(number);
    }
}

}  // namespace
}  // namespace bingefriend
