#include "app/data_folder.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <string>
#include <thread>

#include "app/interruption.hpp"
#include "app/log.hpp"
#include "app/run.hpp"

namespace bingefriend {
namespace {

constexpr std::chrono::milliseconds pause_between_tries{200};

DataLock::Wait waiting(const Options& options) {
    if (!options.wait) {
        return {};
    }
    return [&options, said = false](const std::string& holder) mutable {
        if (!said) {
            say(fmt::format("waiting for {}: {}", options.data_dir.string(), holder));
            said = true;
        }
        std::this_thread::sleep_for(pause_between_tries);
        check_stop(options.stop);
    };
}

}  // namespace

DataFolder::DataFolder(const Options& options, Hold hold)
    : lock_(options.data_dir, hold, options.command, time_now(), waiting(options)),
      at_overdue_(options.interruption, [this] { lock_.abandon(); }) {
    if (!lock_.warning().empty()) {
        spdlog::warn("{}", lock_.warning());
    }
}

}  // namespace bingefriend
