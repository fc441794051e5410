#include "app/wrong_usage.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bingefriend {
namespace {

const std::vector<std::string> some_names{"pipeline", "populate", "runs",   "serve",
                                          "stats",    "--port",   "--host", "--top-n"};

TEST(Closest, forgives_typing_errors_and_capitals) {
    EXPECT_EQ(closest("pipelin", some_names), "pipeline");
    EXPECT_EQ(closest("PIPELINE", some_names), "pipeline");
    EXPECT_EQ(closest("sreve", some_names), "serve");
    EXPECT_EQ(closest("--prot", some_names), "--port");
    EXPECT_EQ(closest("--topn", some_names), "--top-n");
}

TEST(Closest, takes_a_beginning) {
    EXPECT_EQ(closest("pop", some_names), "populate");
    EXPECT_EQ(closest("--ho", some_names), "--host");
}

TEST(Closest, finds_nothing_for_another_word) {
    for (const std::string typed : {"", "-", "--", "p", "--x", "nonsense", "\xFF\xFF", "\xF0\x9F\x98\x80"}) {
        EXPECT_EQ(closest(typed, some_names), "") << typed;
    }
    EXPECT_EQ(closest(std::string(10'000, 'p'), some_names), "");
}

TEST(UsageError, names_the_word_that_is_unknown) {
    const auto error_of = [](std::vector<const char*> arguments) {
        CLI::App app("", "bingefriend");
        app.require_subcommand(1);
        app.add_subcommand("serve")->add_option("--port");
        app.add_subcommand("generations")->add_subcommand("rollback");
        arguments.insert(arguments.begin(), "bingefriend");
        const int count = static_cast<int>(arguments.size());
        try {
            app.parse(count, arguments.data());
        } catch (const CLI::ParseError& error) {
            return std::string(usage_error(app, error, count, arguments.data()).what());
        }
        return std::string();
    };
    EXPECT_EQ(error_of({"serv"}),
              "unknown command: serv: did you mean `bingefriend serve`? `bingefriend --help` "
              "lists the commands");
    EXPECT_EQ(error_of({"generations", "rolback"}),
              "unknown command: rolback: did you mean `bingefriend generations rollback`? `bingefriend "
              "generations --help` lists the commands");
    EXPECT_EQ(error_of({"serve", "--prot", "1"}),
              "unknown option: --prot: did you mean --port? `bingefriend serve --help` lists the options");
    EXPECT_EQ(error_of({"serve", "--prot=mysql://u:hunter2@h"}),
              "unknown option: --prot: did you mean --port? `bingefriend serve --help` lists the options");
    EXPECT_EQ(error_of({"serve", "mysql://u:hunter2@h"}),
              "unexpected argument: mysql://h: `bingefriend serve --help` lists the options");
    EXPECT_EQ(error_of({"dance"}), "unknown command: dance: `bingefriend --help` lists the commands");
}

}  // namespace
}  // namespace bingefriend
