// Measures how reading time grows: doubles each odd input, and fails if a parser is slower than
// linear.
#include <fmt/format.h>
#include <time.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.hpp"
#include "bench/odd_inputs.hpp"
#include "features/features.hpp"
#include "fetch/fetch.hpp"

namespace bingefriend {
namespace {

struct BenchOptions {
    std::size_t from_bytes = std::size_t{1} << 18;
    std::size_t doublings = 3;
    double max_seconds = 10;  // of CPU, for one reading
    std::string only;         // only inputs whose names contain this
};

// CPU time of this process; other processes do not count.
double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void read_once(const OddInput& input, const std::string& text) {
    if (input.is_summary) {
        (void)summary_text(text);
        return;
    }
    try {
        (void)fetch_bytes(text, "input");
    } catch (const Error&) {  // a rejection counts as reading
    }
}

// The minimum of several readings; short readings are repeated more often.
double seconds_for(const OddInput& input, const std::string& text) {
    constexpr double enough = 0.02;
    constexpr int max_readings = 20;
    double least = 1e9;
    double all = 0;
    for (int i = 0; i < max_readings && (i < 3 || all < enough) && all < 1; ++i) {
        const double before = cpu_seconds();
        read_once(input, text);
        const double seconds = cpu_seconds() - before;
        least = std::min(least, seconds);
        all += seconds;
    }
    return least;
}

// True if the time grew at most three times as fast as the input, over all doublings. A quadratic parser
// takes four times as long for twice the input. Readings shorter than `no_time` always pass.
bool is_linear(const std::vector<double>& seconds) {
    constexpr double no_time = 0.03;
    const auto growth = static_cast<double>(std::size_t{1} << (seconds.size() - 1));
    return seconds.back() < std::max(seconds.front() * growth * 3, no_time);
}

int run(const BenchOptions& options) {
    bool all_linear = true;
    nlohmann::ordered_json report = nlohmann::ordered_json::array();
    for (const OddInput& input : odd_inputs()) {
        if (input.name.find(options.only) == std::string_view::npos) {
            continue;
        }
        std::vector<double> seconds;
        for (std::size_t i = 0; i <= options.doublings; ++i) {
            const std::string text = input.of_size(options.from_bytes << i);
            seconds.push_back(seconds_for(input, text));
            if (seconds.back() > options.max_seconds) {
                break;
            }
        }
        const bool linear = is_linear(seconds) && seconds.back() <= options.max_seconds;
        all_linear = all_linear && linear;
        report.push_back({{"input", input.name}, {"seconds", seconds}, {"linear", linear}});
    }
    fmt::print("{}\n",
               nlohmann::ordered_json{{"from_bytes", options.from_bytes}, {"inputs", report}}.dump(1));
    return all_linear ? 0 : 1;
}

}  // namespace
}  // namespace bingefriend

int main(int argc, char** argv) {
    bingefriend::BenchOptions options;
    CLI::App app("Doubles odd inputs and measures the time to read them; fails if one is not linear");
    app.add_option("--from-bytes", options.from_bytes, "size of the smallest input");
    app.add_option("--doublings", options.doublings, "number of doublings")->check(CLI::Range(1, 12));
    app.add_option("--max-seconds", options.max_seconds, "maximum CPU time of one reading");
    app.add_option("--only", options.only, "only inputs whose names contain this text");
    CLI11_PARSE(app, argc, argv);
    return bingefriend::run(options);
}
