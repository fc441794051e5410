#include "console/secret_arguments.hpp"

#include <gtest/gtest.h>

#include <array>

namespace bingefriend {
namespace {

TEST(SecretArguments, are_overwritten_wherever_they_stand) {
    std::string command = "serve";
    std::string joined = "--database-url=mysql://u:p@ss:w/rd@h/d";
    std::string alone = "AccountKey=a b";
    std::array<char*, 4> argv{command.data(), command.data(), joined.data(), alone.data()};
    hide_secrets(4, argv.data(), {Secret("mysql://u:p@ss:w/rd@h/d"), Secret("AccountKey=a b")});
    EXPECT_EQ(command, "serve");
    EXPECT_EQ(joined, "--database-url=" + std::string(23, '*'));
    EXPECT_EQ(alone, std::string(14, '*'));
}

TEST(SecretArguments, are_left_out_of_what_is_said_of_the_command_line) {
    const std::array<const char*, 5> argv{"bingefriend", "--databse-url", "mysql://u:p'w hunter2@h/d",
                                          "--port=https://u:p@hunter2/x@h",
                                          "AccountName=a;AccountKey=hunter2"};
    EXPECT_EQ(without_secrets_of(5, argv.data(),
                                 "not expected: --databse-url mysql://u:p'w hunter2@h/d "
                                 "https://u:p@hunter2/x@h AccountName=a;AccountKey=hunter2"),
              "not expected: --databse-url mysql://h/d https://... AccountName=a;AccountKey=...");
}

}  // namespace
}  // namespace bingefriend
