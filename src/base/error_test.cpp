#include "base/error.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

TEST(Error, is_one_line_whatever_it_quotes) {
    const Error error(ErrorKind::input, "cannot read the catalogue", "a\nfile", "check --catalogue");
    EXPECT_STREQ(error.what(), "cannot read the catalogue: a file: check --catalogue");
    EXPECT_STREQ(Error(ErrorKind::usage, "bad", "", "mend it").what(), "bad: mend it");
}

TEST(Error, of_the_command_line_or_configuration_exits_with_2_and_every_other_with_1) {
    EXPECT_EQ(exit_code(ErrorKind::usage), 2);
    EXPECT_EQ(exit_code(ErrorKind::input), 1);
    EXPECT_EQ(exit_code(ErrorKind::unavailable), 1);
}

}  // namespace
}  // namespace bingefriend
