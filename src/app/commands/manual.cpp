#include <fmt/format.h>

#include <string>
#include <string_view>

#include "app/commands/command.hpp"
#include "app/version.hpp"
#include "console/standard_output.hpp"
#include "settings/setting_table.hpp"

namespace bingefriend {
namespace {

// Escapes text for roff: no character of it is a command, and a hyphen can be copied.
std::string roff(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        const bool line_begins = escaped.empty() || escaped.back() == '\n';
        if (line_begins && (c == '.' || c == '\'')) {
            escaped += "\\&";
        }
        escaped += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
    }
    return escaped;
}

std::string option_entry(const Option& option) {
    const bool has_value = !is_positional(option) && !is_flag(option);
    std::string entry =
        fmt::format(".TP\n\\fB{}\\fR{}\n{}", roff(option.names),
                    has_value ? " \\fI" + roff(value_text(option)) + "\\fR" : "", roff(option.meaning));
    if (const std::string value = default_text(option); !value.empty()) {
        entry += fmt::format(" (default {})", roff(value));
    }
    return entry + "\n";
}

std::string command_entry(const Command& command, const std::string& name) {
    std::string entry = fmt::format(".SS {}\n{}.\n", roff(name), roff(command.summary));
    for (const Option& option : command.options) {
        entry += option_entry(option);
    }
    for (const Command& inner : command.subcommands) {
        entry += command_entry(inner, name + " " + inner.name);
    }
    return entry;
}

std::string settings_section() {
    std::string section =
        ".SH ENVIRONMENT\nA setting comes from the flag, else the environment, else \\fIValues\\fR of "
        "\\fIlocal.settings.json\\fR in the working directory, else the default.\n";
    for (const Setting& setting : setting_table) {
        section +=
            fmt::format(".TP\n\\fB{}\\fR\n{}{}\n", roff(setting.key), roff(setting.meaning),
                        setting.fallback.empty() ? "" : fmt::format(" (default {})", roff(setting.fallback)));
    }
    return section;
}

void print_manual() {
    std::string page = fmt::format(
        ".TH BINGEFRIEND 1 \"\" \"bingefriend {}\" \"User Commands\"\n"
        ".SH NAME\nbingefriend \\- {}\n"
        ".SH SYNOPSIS\n.B bingefriend\n.I COMMAND\n.RI [ OPTION ...]\n"
        ".SH DESCRIPTION\n"
        "Reads a catalogue of TV shows, finds the most similar shows of every show, publishes them in a "
        "database and serves them over HTTP.\nEvery command has \\fB\\-\\-help\\fR.\n"
        ".SH COMMANDS\n",
        version, roff(program_summary));
    for (const Command& command : all_commands()) {
        page += command_entry(command, command.name);
    }
    page += settings_section();
    page +=
        ".SH EXIT STATUS\n.TP\n0\nsuccess\n.TP\n2\nthe command line or the configuration is wrong\n"
        ".TP\n1\nany other error; one line on standard error says what happened, where, and what to do\n";
    write_output(page);
}

}  // namespace

Command manual_command() {
    return {"manual", "Print the man page, in roff", {}, print_manual};
}

}  // namespace bingefriend
