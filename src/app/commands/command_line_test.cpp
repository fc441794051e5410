#include "app/commands/command_line.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/commands/command.hpp"
#include "base/error.hpp"

namespace bingefriend {
namespace {

std::string usage_error_of(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "bingefriend");
    std::vector<char*> argv;
    for (std::string& argument : arguments) {
        argv.push_back(argument.data());
    }
    try {
        (void)run_command_line(static_cast<int>(argv.size()), argv.data());
        return "none";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
        return error.what();
    }
}

TEST(CommandLine, names_the_unknown_word_and_the_closest_one) {
    EXPECT_EQ(usage_error_of({"serv"}),
              "unknown command: serv: did you mean `bingefriend serve`? `bingefriend --help` "
              "lists the commands");
    EXPECT_EQ(usage_error_of({"generations", "rolback"}),
              "unknown command: rolback: did you mean `bingefriend generations rollback`? `bingefriend "
              "generations --help` lists the commands");
    EXPECT_EQ(usage_error_of({"serve", "--prot", "1"}),
              "unknown option: --prot: did you mean --port? `bingefriend serve --help` lists the options");
    EXPECT_EQ(usage_error_of({"serve", "--prot=mysql://u:hunter2@h"}),
              "unknown option: --prot: did you mean --port? `bingefriend serve --help` lists the options");
    EXPECT_EQ(usage_error_of({"serve", "mysql://u:hunter2@h"}),
              "unexpected argument: mysql://h: `bingefriend serve --help` lists the options");
    EXPECT_EQ(usage_error_of({"dance"}), "unknown command: dance: `bingefriend --help` lists the commands");
}

TEST(CommandLine, names_an_invalid_value_and_the_valid_ones) {
    EXPECT_EQ(usage_error_of({"populate", "--top-n", "0"}),
              "--top-n: 0 is not a number from 1 to 1000: `bingefriend populate --help` lists the options");
    EXPECT_EQ(usage_error_of({"export", "--format", "xml"}),
              "--format: xml not in {ndjson,csv}: `bingefriend export --help` lists the options");
    EXPECT_NE(usage_error_of({"populate", "--top-n", "1.5"}), "none");
}

// Every group of options adds to the list of a command: a name that two of them add would hide one.
TEST(Commands, have_options_with_different_names) {
    for (const Command& command : all_commands()) {
        std::vector<std::string> names;
        for (const Option& option : command.options) {
            const std::vector<std::string> more = names_of(option);
            names.insert(names.end(), more.begin(), more.end());
            EXPECT_FALSE(option.meaning.empty()) << option.names;
        }
        std::sort(names.begin(), names.end());
        EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end()) << command.name;
    }
}

}  // namespace
}  // namespace bingefriend
