#include "app/data_folder.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <string>
#include <thread>

#include "app/log.hpp"
#include "app/run.hpp"

namespace bingefriend {
namespace {

constexpr std::chrono::milliseconds pause_between_tries{200};

}  // namespace

std::unique_ptr<DataLock> lock_data_dir(const Options& options, Hold hold) {
    DataLock::Wait wait;
    if (options.wait) {
        wait = [&, said = false](const std::string& holder) mutable {
            if (!said) {
                say(fmt::format("waiting for {}: {}", options.data_dir.string(), holder));
                said = true;
            }
            std::this_thread::sleep_for(pause_between_tries);
        };
    }
    auto lock = std::make_unique<DataLock>(options.data_dir, hold, options.command, time_now(), wait);
    if (!lock->warning().empty()) {
        spdlog::warn("{}", lock->warning());
    }
    return lock;
}

}  // namespace bingefriend
