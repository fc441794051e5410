// The commands of the command line, and what each runs.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "app/settings.hpp"

namespace bingefriend {

using Action = std::function<void(const Options&, const Environment&)>;

// One command with what it runs; the first that the command line names is run.
class Commands {
  public:
    Commands(CLI::App& app, Options& options) : app_(app), options_(options) {}

    CLI::App& add(const std::string& name, const std::string& description, Action run) {
        CLI::App* command = app_.add_subcommand(name, description);
        command->callback([this, name, run = std::move(run)] {
            if (!chosen_) {
                chosen_ = run;
                options_.command = name;
            }
        });
        return *command;
    }

    // REQUIRES: the command line was parsed and names a command.
    void run_chosen() const { chosen_(options_, Environment()); }

  private:
    CLI::App& app_;
    Options& options_;
    Action chosen_;
};

// Those that read shows, compute and publish.
void add_pipeline_commands(Commands& commands, Options& options);

// Those that read what is published or the reports of runs, and those of the database.
void add_reading_commands(Commands& commands, Options& options);

}  // namespace bingefriend
