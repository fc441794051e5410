#include <memory>
#include <string>
#include <vector>

#include "app/commands/command.hpp"
#include "app/published.hpp"
#include "console/progress_line.hpp"
#include "console/standard_output.hpp"
#include "console/table.hpp"

namespace bingefriend {
namespace {

void run_generations(const DatabaseOptions& options, const Environment& environment) {
    const std::vector<Generation> generations = store_of(options, environment)->reader()->generations();
    if (generations.empty()) {
        print("Nothing is published yet: run `bingefriend pipeline`.\n");
        return;
    }
    Table table(
        {"", "generation", "computed", "published", "recipe", "shows", "recommendations"},
        {Align::left, Align::right, Align::left, Align::left, Align::left, Align::right, Align::right});
    for (const Generation& g : generations) {
        table.add({g.current ? "*" : "", std::to_string(g.number), g.computed_at, g.published_at, g.recipe,
                   with_commas(static_cast<std::size_t>(g.shows)),
                   with_commas(static_cast<std::size_t>(g.recommendations))});
    }
    print_lines(table.text(output_columns()) + "* current\n");
}

void run_rollback(const DatabaseOptions& options, const Environment& environment) {
    const Generation now = store_of(options, environment)->rollback();
    print("Rolled back to generation {} of {}.\n", now.number, now.computed_at);
}

}  // namespace

Command generations_command() {
    const auto options = std::make_shared<DatabaseOptions>();
    Command command{"generations",
                    "List the generations in the database; `rollback` makes the previous one current",
                    {},
                    [options] { run_generations(*options, Environment()); }};
    add_options(command.options, *options);
    command.subcommands.push_back({"rollback", "Make the previous generation current", {}, [options] {
                                       run_rollback(*options, Environment());
                                   }});
    return command;
}

}  // namespace bingefriend
