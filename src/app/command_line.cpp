#include "app/command_line.hpp"

#include <CLI/CLI.hpp>
#include <sstream>
#include <string>

#include "app/commands.hpp"
#include "app/description.hpp"
#include "app/log.hpp"
#include "app/secret_arguments.hpp"
#include "app/setting_list.hpp"
#include "app/settings.hpp"
#include "app/standard_output.hpp"
#include "app/version.hpp"
#include "app/wrong_usage.hpp"
#include "base/error.hpp"

namespace bingefriend {
namespace {

void add_settings_command(Commands& commands, Options& options) {
    CLI::App& settings =
        commands.add("settings", "Print the settings in force and where they come from", run_settings);
    settings
        .add_option("--format", options.format,
                    "text; or without values: json, or env (a file for systemd or containers)")
        ->check(CLI::IsMember({"text", "json", "env"}));
}

void add_describing_commands(Commands& commands, const CLI::App& app) {
    commands.add("completion", "Print the completion of this command line for bash",
                 [&app](const Options&, const Environment&) { write_output(bash_completion(app)); });
    commands.add("manual", "Print the man page, in roff",
                 [&app](const Options&, const Environment&) { write_output(manual_page(app)); });
}

}  // namespace

int run_command_line(int argc, char** argv) {
    CLI::App app("Content-based recommendations for TV catalogues", "bingefriend");
    app.set_version_flag("--version", version);
    app.require_subcommand(1);
    app.footer(
        "Settings come from the flag, else the environment, else local.settings.json, else the default.\n"
        "`bingefriend COMMAND --help` tells the options of a command.");
    Options options;
    Commands commands(app, options);
    add_pipeline_commands(commands, options);
    add_reading_commands(commands, options);
    add_settings_command(commands, options);
    add_describing_commands(commands, app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {  // --help or --version
            std::ostringstream text;
            (void)app.exit(error, text, text);
            write_output(text.str());
            finish_output();
            return 0;
        }
        throw usage_error(app, error, argc, argv);
    }
    hide_secrets(argc, argv, options.secret_arguments);
    set_up_log(options.log_format == "json" ? LogFormat::json : LogFormat::text, options.quiet);
    commands.run_chosen();
    finish_output();
    return 0;
}

}  // namespace bingefriend
