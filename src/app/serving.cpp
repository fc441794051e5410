#include "app/serving.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "app/serve_settings.hpp"
#include "app/standard_output.hpp"
#include "base/memory.hpp"
#include "query/query.hpp"
#include "reports/run_reports.hpp"
#include "serve/serve.hpp"
#include "store/store.hpp"

namespace bingefriend {
namespace {

// The last runs whose reports lie here, as a JSON array.
std::string run_reports(const std::filesystem::path& data_dir) {
    constexpr std::size_t most = 10;
    std::vector<RunReport> reports = read_run_reports(data_dir);
    reports.resize(std::min(reports.size(), most));
    std::string json = "[";
    for (const RunReport& report : reports) {
        json += (json.size() == 1 ? "" : ",") + json_of(report, JsonLayout::one_line);
    }
    return json + "]";
}

void report_access_log(bool losing) {
    if (losing) {
        spdlog::warn(
            "lines of the access log are lost: the standard output does not take them: check its disk or its "
            "reader; bingefriend_access_log_lines_lost_total counts them");
    } else {
        spdlog::warn("the access log is written again");
    }
}

}  // namespace

void run_serve(const Options& options, const Environment& environment) {
    const DatabaseUrl url = DatabaseUrl::parse(database_url(options, environment).reveal());
    const std::shared_ptr<Store> store = open_store(url);  // its connections are shared by the threads
    const ReaderFactory open_reader = [store] { return store->reader(); };
    const bool local = std::holds_alternative<std::filesystem::path>(url.place);
    const std::unique_ptr<QueryAnswerer> queries = open_queries();
    ServeOptions settings = serve_options(options, environment, local);
    settings.queries = queries.get();
    settings.run_reports = [&options] { return run_reports(options.data_dir); };
    settings.write_access_lines = write_log_lines;
    settings.report_access_log = report_access_log;
    give_freed_memory_back_soon();
    serve(settings, open_reader, [&](std::uint16_t bound) {
        print("Serving {} at http://{}:{} until Ctrl-C.\n", url.display(),
              options.host.find(':') == std::string::npos ? options.host : "[" + options.host + "]", bound);
        check_output();  // nobody would know the port
    });
    if (can_print()) {  // a reader of the log that hangs must not hold the process
        print("Stopped.\n");
    }
}

}  // namespace bingefriend
