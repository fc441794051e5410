#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "api/serve.hpp"
#include "app/commands/command.hpp"
#include "app/commands/serve_settings.hpp"
#include "app/option_values.hpp"
#include "base/memory.hpp"
#include "console/standard_output.hpp"
#include "reports/run_reports.hpp"
#include "store/store.hpp"

namespace bingefriend {
namespace {

struct ServeCommandOptions {
    ListenOptions listen;
    std::filesystem::path data_dir = "data/processed";
    DatabaseOptions database;
};

void add_options(OptionList& list, ServeCommandOptions& options) {
    append(list, {{"--host", &options.listen.host, "Address to listen on (0.0.0.0: all)"},
                  {"--port", &options.listen.port,
                   "Port (FUNCTIONS_CUSTOMHANDLER_PORT, PORT; default 8080; 0: any free one)"}});
    add_threads(list, options.listen.threads);
    add_data_dir(list, options.data_dir, "Data folder of the pipeline; /runs serves its run reports");
    add_options(list, options.database);
}

// Returns the last run reports as a JSON array.
std::string run_reports(const std::filesystem::path& data_dir) {
    constexpr std::size_t max_reports = 10;
    std::vector<RunReport> reports = read_run_reports(data_dir);
    reports.resize(std::min(reports.size(), max_reports));
    std::string json = "[";
    for (const RunReport& report : reports) {
        json += (json.size() == 1 ? "" : ",") + json_of(report, JsonLayout::one_line);
    }
    return json + "]";
}

void report_access_log(bool losing) {
    if (losing) {
        spdlog::warn(
            "lines of the access log are lost: cannot write to standard output: check its disk or its "
            "reader; "
            "bingefriend_access_log_lines_lost_total counts them");
    } else {
        spdlog::warn("the access log is written again");
    }
}

void run_serve(const ServeCommandOptions& options, const Environment& environment) {
    const DatabaseUrl url = DatabaseUrl::parse(database_url(options.database, environment).reveal());
    const std::unique_ptr<PublishedReader> reader = open_store(url)->reader();
    const bool local = std::holds_alternative<std::filesystem::path>(url.place);
    ServeOptions settings = serve_options(options.listen, environment, local);
    settings.run_reports = [&options] { return run_reports(options.data_dir); };
    settings.http.write_access_lines = write_log_lines;
    settings.http.report_access_log = report_access_log;
    give_freed_memory_back_soon();
    serve(settings, *reader, [&](std::uint16_t bound) {
        print("Serving {} at http://{}:{} until Ctrl-C.\n", url.display(),
              options.listen.host.find(':') == std::string::npos ? options.listen.host
                                                                 : "[" + options.listen.host + "]",
              bound);
        check_output();  // nobody would know the port
    });
    if (can_print()) {  // a reader that hangs must not block the process
        print("Stopped.\n");
    }
}

}  // namespace

Command serve_command() {
    return make_command("serve", "Serve the HTTP API until Ctrl-C", run_serve);
}

}  // namespace bingefriend
