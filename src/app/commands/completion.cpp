#include <fmt/format.h>

#include <string>
#include <vector>

#include "app/commands/command.hpp"
#include "console/standard_output.hpp"

namespace bingefriend {
namespace {

// What bash offers as the value of an option: words, files, folders, or nothing.
std::string offered_values(const Option& option) {
    if (const auto* choices = std::get_if<Choices>(&option.values)) {
        return fmt::format("-W '{}'", fmt::join(*choices, " "));
    }
    const std::string type = value_text(option);
    return type == "FILE" ? "-f" : type == "DIR" ? "-d" : "-W ''";
}

// Adds `'command') offer=(-W '--one --two') ;;` to `words` and `'command --option') offer=(-f) ;;` to
// `values`.
void add_cases(const Command& command, std::string& words, std::string& values) {
    std::string offered = "--help";
    for (const Option& option : command.options) {
        if (is_positional(option)) {
            continue;
        }
        std::string patterns;
        for (const std::string& name : names_of(option)) {
            offered += name.starts_with("--") ? " " + name : "";
            patterns += fmt::format("{}'{} {}'", patterns.empty() ? "" : "|", command.name, name);
        }
        if (!is_flag(option)) {
            values += fmt::format("        {}) offer=({}) ;;\n", patterns, offered_values(option));
        }
    }
    for (const Command& inner : command.subcommands) {
        offered += " " + inner.name;
    }
    words += fmt::format("        '{}') offer=(-W '{}') ;;\n", command.name, offered);
}

void print_completion() {
    std::string words;
    std::string values;
    Command root{"", "", {}, {}, all_commands()};
    bool shows_version = false;
    append(root.options, {{"--version", &shows_version, ""}});
    add_cases(root, words, values);
    for (const Command& command : root.subcommands) {
        add_cases(command, words, values);
    }
    write_output(fmt::format(R"(# Completion of bingefriend for bash, made by `bingefriend completion`.
_bingefriend() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command= offer=()
    [ "$COMP_CWORD" -lt 2 ] || command=${{COMP_WORDS[1]}}
    case "$command $previous" in
{}    esac
    [ ${{#offer[@]}} -gt 0 ] || case "$command" in
{}    esac
    mapfile -t COMPREPLY < <(compgen "${{offer[@]}}" -- "$current")
}}
complete -o filenames -F _bingefriend bingefriend
)",
                             values, words));
}

}  // namespace

Command completion_command() {
    return {"completion", "Print the completion of this command line for bash", {}, print_completion};
}

}  // namespace bingefriend
