// A command of the program: what it is called, its options, and what it runs.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/job.hpp"
#include "app/option.hpp"
#include "app/options.hpp"
#include "settings/settings.hpp"

namespace bingefriend {

inline constexpr const char* program_summary = "Content-based recommendations for TV catalogues";

struct Command {
    std::string name;
    std::string summary;
    OptionList options;
    std::function<void()> run;  // called after the targets of the options were set
    std::vector<Command> subcommands{};
};

// A command with options of a type of its own. REQUIRES: there is an add_options(OptionList&, Own&).
template <typename Own>
[[nodiscard]] Command make_command(std::string name, std::string summary,
                                   void (*run)(const Own& options, const Environment& environment)) {
    const auto own = std::make_shared<Own>();
    Command command{std::move(name), std::move(summary), {}, [own, run] { run(*own, Environment()); }};
    add_options(command.options, *own);
    return command;
}

// Runs work that signals ask to stop; a stop ends the process as the signal would have.
void run_job(const std::string& command, const JobOptions& options,
             const std::function<void(const Job& job)>& work);

// The same for a command that works in the data folder. REQUIRES: Own has a member `JobOptions job`.
template <typename Own>
[[nodiscard]] Command make_job(std::string name, std::string summary,
                               void (*run)(const Own& options, const Job& job)) {
    const auto own = std::make_shared<Own>();
    Command command{name, std::move(summary), {}, [own, run, name] {
                        run_job(name, own->job, [&](const Job& job) { run(*own, job); });
                    }};
    add_options(command.options, *own);
    return command;
}

// Each file of this module defines one command.
[[nodiscard]] Command pipeline_command();
[[nodiscard]] Command fetch_command();
[[nodiscard]] Command features_command();
[[nodiscard]] Command similarities_command();
[[nodiscard]] Command populate_command();
[[nodiscard]] Command upload_command();
[[nodiscard]] Command download_command();
[[nodiscard]] Command serve_command();
[[nodiscard]] Command recommend_command();
[[nodiscard]] Command stats_command();
[[nodiscard]] Command generations_command();
[[nodiscard]] Command verify_command();
[[nodiscard]] Command export_command();
[[nodiscard]] Command evaluate_command();
[[nodiscard]] Command tune_command();
[[nodiscard]] Command runs_command();
[[nodiscard]] Command notify_command();
[[nodiscard]] Command migrate_command();
[[nodiscard]] Command settings_command();
[[nodiscard]] Command completion_command();
[[nodiscard]] Command manual_command();

// In the order of --help.
[[nodiscard]] std::vector<Command> all_commands();

}  // namespace bingefriend
