#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/description.hpp"

namespace bingefriend {
namespace {

// How bash finds what may follow an option: words of its own, files, folders, or nothing.
std::string values_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    if (const std::size_t brace = type.find('{'); brace != std::string::npos) {
        std::string words = type.substr(brace + 1, type.find('}') - brace - 1);
        std::replace(words.begin(), words.end(), ',', ' ');
        return fmt::format("-W '{}'", words);
    }
    return type == "FILE" ? "-f" : type == "DIR" ? "-d" : "-W ''";
}

struct Cases {
    std::string words;   // command) words='--one --two' ;;
    std::string values;  // command:--option) values=(-f) ;;

    void add(const CLI::App& command, const std::string& name) {
        std::string offered;
        for (const CLI::Option* option :
             command.get_options([](const CLI::Option* o) { return o->nonpositional(); })) {
            std::string patterns;
            for (const std::string& spelled : option->get_lnames()) {
                offered += " --" + spelled;
                patterns += fmt::format("{}'{} --{}'", patterns.empty() ? "" : "|", name, spelled);
            }
            for (const std::string& spelled : option->get_snames()) {
                patterns += fmt::format("{}'{} -{}'", patterns.empty() ? "" : "|", name, spelled);
            }
            if (option->get_items_expected_max() > 0) {
                values += fmt::format("        {}) offer=({}) ;;\n", patterns, values_of(*option));
            }
        }
        for (const CLI::App* inner :
             command.get_subcommands([](const CLI::App* c) { return !c->get_group().empty(); })) {
            offered += " " + inner->get_name();
        }
        words += fmt::format("        '{}') offer=(-W '{}') ;;\n", name, offered.substr(1));
    }
};

}  // namespace

std::string bash_completion(const CLI::App& app) {
    Cases cases;
    cases.add(app, "");
    for (const CLI::App* command :
         app.get_subcommands([](const CLI::App* c) { return !c->get_group().empty(); })) {
        cases.add(*command, command->get_name());
    }
    return fmt::format(R"(# Completion of bingefriend for bash, made by `bingefriend completion`.
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
                       cases.values, cases.words);
}

}  // namespace bingefriend
