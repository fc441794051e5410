// The one place that turns an Error into a line on standard error and an exit code.
#include <exception>
#include <new>

#include "app/commands/command_line.hpp"
#include "app/run.hpp"
#include "base/error.hpp"
#include "console/log.hpp"
#include "console/standard_output.hpp"

namespace {

int failed(const char* message, int code) {
    bingefriend::log_failure(message);
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    bingefriend::prepare_standard_streams();
    try {
        bingefriend::set_up_log(bingefriend::LogFormat::text, false);
        return bingefriend::run_command_line(argc, argv);
    } catch (const bingefriend::Error& error) {
        return failed(error.what(), bingefriend::exit_code(error.kind()));
    } catch (const std::bad_alloc&) {
        return failed(bingefriend::out_of_memory, 1);
    } catch (const std::exception& error) {
        return failed(error.what(), 1);
    }
}
