#include "app/wrong_usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "app/secret_arguments.hpp"
#include "base/code_points.hpp"
#include "base/edit_distance.hpp"

namespace bingefriend {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

// The command that was recognised last: "generations rollback" is two deep.
const CLI::App& chosen_command(const CLI::App& app) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    return chosen.empty() ? app : chosen_command(*chosen.back());
}

std::string full_name(const CLI::App& command) {
    const CLI::App* const parent = command.get_parent();
    return parent == nullptr ? command.get_name() : full_name(*parent) + " " + command.get_name();
}

std::vector<std::string> commands_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) {
        names.push_back(command->get_name());
    }
    return names;
}

std::vector<std::string> options_of(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            names.push_back("--" + name);
        }
    }
    return names;
}

std::string did_you_mean(const std::string& name) {
    return name.empty() ? std::string() : fmt::format("did you mean {}? ", name);
}

Error unknown_option(const CLI::App& command, const std::string& word) {
    const std::string name = word.substr(0, word.find('='));
    const std::string text = name.substr(std::min(name.find_first_not_of('-'), name.size()));
    return {ErrorKind::usage, "unknown option", name,
            fmt::format("{}`{} --help` lists the options",
                        did_you_mean(closest("--" + text, options_of(command))), full_name(command))};
}

Error unknown_command(const CLI::App& app, const std::string& word) {
    const std::string meant = closest(word, commands_of(app));
    return {ErrorKind::usage, "unknown command", word,
            fmt::format("{}`{} --help` lists the commands",
                        did_you_mean(meant.empty() ? "" : fmt::format("`{} {}`", full_name(app), meant)),
                        full_name(app))};
}

}  // namespace

std::string closest(std::string_view typed, const std::vector<std::string>& names) {
    const std::string wanted = lower(typed);
    const std::u32string letters = letters_of(wanted);
    const std::size_t dashes = std::min(wanted.find_first_not_of('-'), wanted.size());
    const std::size_t count = letters.size() - dashes;
    if (count < 2 || letters.size() > max_typed_letters) {
        return {};
    }
    std::size_t least = count < 4 ? 2 : count < 8 ? 3 : 4;  // one above the errors that are forgiven
    std::string found;
    for (const std::string& name : names) {
        const std::size_t errors = name.starts_with(wanted) ? 1 : edit_distance(letters, letters_of(name));
        if (errors < least) {
            least = errors;
            found = name;
        }
    }
    return found;
}

Error usage_error(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv) {
    const CLI::App& command = chosen_command(app);
    const std::vector<std::string> unknown = app.remaining(true);
    const bool is_about_words = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr ||
                                dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    if (unknown.empty() || !is_about_words) {
        return {ErrorKind::usage, without_secrets_of(argc, argv, error.what()), "",
                fmt::format("`{} --help` lists {}", full_name(command),
                            commands_of(command).empty() ? "the options" : "the commands")};
    }
    const std::string word = without_secrets_of(argc, argv, unknown.front());
    if (word.starts_with('-')) {
        return unknown_option(command, word);
    }
    if (!commands_of(command).empty()) {
        return unknown_command(command, word);
    }
    return {ErrorKind::usage, "unexpected argument", word,
            fmt::format("`{} --help` lists the options", full_name(command))};
}

}  // namespace bingefriend
