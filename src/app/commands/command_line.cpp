// The only source that includes CLI11, because that costs 8 s of every build.
#include "app/commands/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "app/commands/command.hpp"
#include "app/commands/wrong_usage.hpp"
#include "app/version.hpp"
#include "base/numbers.hpp"
#include "console/secret_arguments.hpp"
#include "console/standard_output.hpp"

namespace bingefriend {
namespace {

// Parses the text into the target. Returns false if it is not a value of its type.
template <typename Target>
bool assign(Target& target, const std::string& text) {
    if constexpr (std::is_arithmetic_v<Target>) {
        const std::optional<Target> number = parse_number<Target>(text);
        target = number.value_or(target);
        return number.has_value();
    } else {
        target = Target(text);
        return true;
    }
}
template <typename Target>
bool assign(std::optional<Target>& target, const std::string& text) {
    return assign(target.emplace(), text);
}

// CLI11 passes every value as a text: its own conversions take seconds to compile.
CLI::Option* add_target(CLI::App& app, const Option& option) {
    return std::visit(
        [&](auto* target) -> CLI::Option* {
            using Target = std::remove_pointer_t<decltype(target)>;
            if constexpr (std::is_same_v<Target, bool>) {
                return app.add_flag(option.names, *target, option.meaning);
            } else if constexpr (std::is_same_v<Target, std::vector<std::string>>) {
                return app.add_option(option.names, *target, option.meaning)->delimiter(',');
            } else {
                const auto take = [target, &option](const std::string& text) {
                    if (!assign(*target, text)) {
                        throw CLI::ConversionError(fmt::format("{}: invalid value {}", option.names, text));
                    }
                };
                return app.add_option_function<std::string>(option.names, take, option.meaning);
            }
        },
        option.target);
}

std::string check_range(const Range& range, const std::string& text) {
    const std::optional<double> number = parse_number<double>(text);
    return number && *number >= range.min && *number <= range.max
               ? std::string()
               : fmt::format("{} is not a number from {} to {}", text, range.min, range.max);
}

void add_option(CLI::App& app, const Option& option) {
    CLI::Option* const added = add_target(app, option)->required(option.required);
    if (is_flag(option)) {
        return;
    }
    if (const auto* range = std::get_if<Range>(&option.values)) {
        added->check([range = *range](const std::string& text) { return check_range(range, text); });
    } else if (const auto* choices = std::get_if<Choices>(&option.values)) {
        added->check(CLI::IsMember(*choices).description(""));
    }
    added->type_name(value_text(option))->default_str(default_text(option));
}

void add_command(CLI::App& parent, const Command& command) {
    CLI::App& app = *parent.add_subcommand(command.name, command.summary);
    for (const Option& option : command.options) {
        add_option(app, option);
    }
    for (const Command& inner : command.subcommands) {
        add_command(app, inner);
    }
}

// Returns the command that was recognised last: "generations rollback" is two deep.
const CLI::App& last_command(const CLI::App& app) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    return chosen.empty() ? app : last_command(*chosen.back());
}

// REQUIRES: `app` was parsed and names one of the commands.
const Command& chosen_command(const CLI::App& app, const std::vector<Command>& commands) {
    const CLI::App& chosen = *app.get_subcommands().front();
    const Command& command = *std::find_if(commands.begin(), commands.end(), [&](const Command& candidate) {
        return candidate.name == chosen.get_name();
    });
    return chosen.get_subcommands().empty() ? command : chosen_command(chosen, command.subcommands);
}

std::string full_name(const CLI::App& app) {
    const CLI::App* const parent = app.get_parent();
    return parent == nullptr ? app.get_name() : full_name(*parent) + " " + app.get_name();
}

WrongUsage wrong_usage(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
    const CLI::App& command = last_command(app);
    WrongUsage usage;
    usage.command = full_name(command);
    usage.message = without_secrets_of(argc, argv, error.what());
    for (const CLI::App* inner : command.get_subcommands({})) {
        usage.commands.push_back(inner->get_name());
    }
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            usage.options.push_back("--" + name);
        }
    }
    const bool is_about_words = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr ||
                                dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    for (const std::string& word : is_about_words ? app.remaining(true) : std::vector<std::string>()) {
        usage.unknown.push_back(without_secrets_of(argc, argv, word));
    }
    return usage;
}

std::vector<Secret> given_secrets(const std::vector<Command>& commands) {
    std::vector<Secret> secrets;
    for (const Command& command : commands) {
        for (const Option& option : command.options) {
            const auto* target = std::get_if<std::optional<Secret>*>(&option.target);
            if (target != nullptr && **target) {
                secrets.push_back(***target);
            }
        }
    }
    return secrets;
}

}  // namespace

int run_command_line(int argc, char** argv) {
    const std::vector<Command> commands = all_commands();
    CLI::App app(program_summary, "bingefriend");
    app.set_version_flag("--version", version);
    app.require_subcommand(1);
    app.footer(
        "A setting comes from the flag, else the environment, else local.settings.json, else the default.\n"
        "`bingefriend COMMAND --help` lists the options of a command.");
    for (const Command& command : commands) {
        add_command(app, command);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) {
            throw usage_error(wrong_usage(app, error, argc, argv));
        }
        std::ostringstream text;  // --help or --version
        (void)app.exit(error, text, text);
        write_output(text.str());
        finish_output();
        return 0;
    }
    hide_secrets(argc, argv, given_secrets(commands));
    chosen_command(app, commands).run();
    finish_output();
    return 0;
}

}  // namespace bingefriend
