#include "app/commands/wrong_usage.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "settings/closest.hpp"

namespace bingefriend {
namespace {

std::string did_you_mean(const std::string& name) {
    return name.empty() ? std::string() : fmt::format("did you mean {}? ", name);
}

Error unknown_option(const WrongUsage& usage, const std::string& word) {
    const std::string name = word.substr(0, word.find('='));
    const std::string text = name.substr(std::min(name.find_first_not_of('-'), name.size()));
    return {ErrorKind::usage, "unknown option", name,
            fmt::format("{}`{} --help` lists the options", did_you_mean(closest("--" + text, usage.options)),
                        usage.command)};
}

Error unknown_command(const WrongUsage& usage, const std::string& word) {
    const std::string meant = closest(word, usage.commands);
    return {ErrorKind::usage, "unknown command", word,
            fmt::format("{}`{} --help` lists the commands",
                        did_you_mean(meant.empty() ? "" : fmt::format("`{} {}`", usage.command, meant)),
                        usage.command)};
}

}  // namespace

Error usage_error(const WrongUsage& usage) {
    if (usage.unknown.empty()) {
        return {ErrorKind::usage, usage.message, "",
                fmt::format("`{} --help` lists {}", usage.command,
                            usage.commands.empty() ? "the options" : "the commands")};
    }
    const std::string& word = usage.unknown.front();
    if (word.starts_with('-')) {
        return unknown_option(usage, word);
    }
    if (!usage.commands.empty()) {
        return unknown_command(usage, word);
    }
    return {ErrorKind::usage, "unexpected argument", word,
            fmt::format("`{} --help` lists the options", usage.command)};
}

}  // namespace bingefriend
