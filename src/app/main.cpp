// The one place that turns an Error into a line on the standard error and an exit code.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <exception>
#include <new>

#include "app/command_line.hpp"
#include "domain/error.hpp"

namespace {

int failed(const char* message, int code) {
    std::fflush(stdout);
    std::fprintf(stderr, "bingefriend: %s\n", message);
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        spdlog::set_default_logger(spdlog::stderr_logger_mt("bingefriend"));
        spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
        return bingefriend::run_command_line(argc, argv);
    } catch (const bingefriend::Error& error) {
        return failed(error.what(), bingefriend::exit_code(error.kind()));
    } catch (const std::bad_alloc&) {
        return failed("out of memory: give the process more, or work on fewer shows with --max-shows", 1);
    } catch (const std::exception& error) {
        return failed(error.what(), 1);
    }
}
