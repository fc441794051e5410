#include "app/job.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <thread>

#include "app/run.hpp"
#include "base/times.hpp"
#include "console/log.hpp"

namespace bingefriend {
namespace {

constexpr std::chrono::milliseconds pause_between_tries{200};

DataLock::Wait waiting(const Job& job) {
    if (!job.wait) {
        return {};
    }
    return [&job, printed = false](const std::string& holder) mutable {
        if (!printed) {
            print_status(fmt::format("waiting for {}: {}", job.data_dir.string(), holder));
            printed = true;
        }
        std::this_thread::sleep_for(pause_between_tries);
        check_stop(job.stop());
    };
}

}  // namespace

DataFolder::DataFolder(const Job& job, Hold hold)
    : lock_(job.data_dir, hold, job.command, iso_time(), waiting(job)),
      at_overdue_(job.interruption, [this] { lock_.abandon(); }) {
    if (!lock_.warning().empty()) {
        spdlog::warn("{}", lock_.warning());
    }
}

}  // namespace bingefriend
