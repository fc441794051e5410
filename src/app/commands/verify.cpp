#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/commands/command.hpp"
#include "app/published.hpp"
#include "console/standard_output.hpp"

namespace bingefriend {
namespace {

struct VerifyOptions {
    std::optional<std::int64_t> generation;
    DatabaseOptions database;
};

void add_options(OptionList& list, VerifyOptions& options) {
    append(list, {{"--generation", &options.generation, "Generation to verify (default: the current one)",
                   "NUMBER"}});
    add_options(list, options.database);
}

// Throws Error{damaged} if a row does not match its checksum.
void run_verify(const VerifyOptions& options, const Environment& environment) {
    const std::unique_ptr<PublishedReader> reader = store_of(options.database, environment)->reader();
    const std::int64_t generation =
        options.generation ? *options.generation : current_or_error(*reader).number;
    const Verification found = reader->verify(generation, [] { return true; });
    for (const std::string& fault : found.faults) {
        print("{}\n", fault);
    }
    switch (found.result) {
        case Verification::Result::whole:
            print("Generation {} matches its checksums: {} shows, {} recommendations, {} words of names.\n",
                  generation, found.shows, found.recommendations, found.words);
            return;
        case Verification::Result::unchecked:
            print("Generation {} was written before checksums existed: run `bingefriend pipeline`.\n",
                  generation);
            return;
        case Verification::Result::gone:
            throw Error(ErrorKind::unavailable,
                        fmt::format("generation {} is not in the database", generation), "",
                        "`bingefriend generations` lists the generations");
        case Verification::Result::damaged:
        case Verification::Result::stopped:
            break;
    }
    throw Error(ErrorKind::damaged, fmt::format("generation {} does not match its checksums", generation), "",
                "run `bingefriend pipeline`, or restore a copy of the database");
}

}  // namespace

Command verify_command() {
    return make_command("verify", "Compare a generation in the database with its checksums", run_verify);
}

}  // namespace bingefriend
