#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/description.hpp"
#include "app/setting_table.hpp"
#include "app/version.hpp"

namespace bingefriend {
namespace {

// Text as roff takes it: no character of it is a command, a hyphen can be copied.
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

// "UINT:INT in [1 - 9]" is for programmers, "INT in [1 - 9]" for people.
std::string type_for_people(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    return type.substr(type.find(':') + 1);
}

std::string option_entry(const CLI::Option& option) {
    const std::string names =
        option.nonpositional() ? option.get_name(false, true) : option.get_single_name();
    const bool takes_value = option.nonpositional() && option.get_items_expected_max() > 0;
    std::string entry = fmt::format(".TP\n\\fB{}\\fR{}\n{}", roff(names),
                                    takes_value ? " \\fI" + roff(type_for_people(option)) + "\\fR" : "",
                                    roff(option.get_description()));
    if (takes_value && !option.get_default_str().empty()) {
        entry += fmt::format(" (default {})", roff(option.get_default_str()));
    }
    return entry + "\n";
}

std::string command_entry(const CLI::App& command, const std::string& name) {
    std::string entry = fmt::format(".SS {}\n{}.\n", roff(name), roff(command.get_description()));
    for (const CLI::Option* option : command.get_options([](const CLI::Option*) { return true; })) {
        if (option != command.get_help_ptr()) {
            entry += option_entry(*option);
        }
    }
    for (const CLI::App* inner : command.get_subcommands([](const CLI::App*) { return true; })) {
        entry += command_entry(*inner, name + " " + inner->get_name());
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

}  // namespace

std::string manual_page(const CLI::App& app) {
    std::string page = fmt::format(
        ".TH BINGEFRIEND 1 \"\" \"bingefriend {}\" \"User Commands\"\n"
        ".SH NAME\nbingefriend \\- {}\n"
        ".SH SYNOPSIS\n.B bingefriend\n.I COMMAND\n.RI [ OPTION ...]\n"
        ".SH DESCRIPTION\n"
        "Reads a catalogue of TV shows, computes for every show the shows most like it, publishes them in a "
        "database and serves them over HTTP.\nEvery command has \\fB\\-\\-help\\fR.\n"
        ".SH COMMANDS\n",
        version, roff(app.get_description()));
    for (const CLI::App* command :
         app.get_subcommands([](const CLI::App* c) { return !c->get_group().empty(); })) {
        page += command_entry(*command, command->get_name());
    }
    page += settings_section();
    page +=
        ".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n2\nthe command line or the configuration is wrong\n"
        ".TP\n1\nanything else; one line on the standard error says what, where and what to do\n";
    return page;
}

}  // namespace bingefriend
