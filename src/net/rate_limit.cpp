#include "net/rate_limit.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.hpp"

namespace bingefriend {
namespace {

// Milliseconds. A longer hold means a corrupt file or a clock that was set back.
constexpr std::int64_t max_hold = 3'600'000;

}  // namespace

RateLimit::RateLimit(std::size_t calls, std::chrono::milliseconds period, const std::filesystem::path& file,
                     Clock clock)
    : period_(period), clock_(std::move(clock)), slots_(calls + 1, 0) {
    if (file.empty()) {
        return;
    }
    std::error_code ignored;  // open reports the better error
    std::filesystem::create_directories(file.parent_path(), ignored);
    file_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file_ < 0) {
        throw Error(ErrorKind::unavailable, "cannot store the times of calls", file.string(),
                    std::string(std::strerror(errno)) + ": check the folder and its permissions");
    }
    const auto size = slots_.size() * sizeof(slots_[0]);
    if (::pread(file_, slots_.data(), size, 0) < 0) {
        std::fill(slots_.begin(), slots_.end(), 0);
    }
    // No call was made after now, even if a corrupt file or a clock that was set back says so.
    const std::int64_t latest = now();
    slots_[0] = slots_[0] - latest > max_hold ? 0 : slots_[0];
    for (std::size_t slot = 1; slot < slots_.size(); ++slot) {
        slots_[slot] = std::min(slots_[slot], latest);
    }
    // The file of another limit has its ring in another order.
    std::sort(slots_.begin() + 1, slots_.end());
    for (std::size_t slot = 1; slot < slots_.size(); ++slot) {
        set(slot, slots_[slot]);
    }
}

RateLimit::~RateLimit() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

std::int64_t RateLimit::now() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now().time_since_epoch()).count();
}

// A call in the future was made before the clock was set back; it counts as made now.
std::int64_t RateLimit::delay(std::int64_t now) {
    slots_[oldest_] = std::min(slots_[oldest_], now);
    return std::max(slots_[oldest_] + period_.count(), slots_[0]) - now;
}

void RateLimit::set(std::size_t slot, std::int64_t milliseconds) {
    slots_[slot] = milliseconds;
    if (file_ >= 0 && ::pwrite(file_, &slots_[slot], sizeof(slots_[slot]),
                               static_cast<off_t>(slot * sizeof(slots_[slot]))) != sizeof(slots_[slot])) {
        throw Error(ErrorKind::unavailable, "cannot store the times of calls", "",
                    std::string(std::strerror(errno)) + ": free disk space and run again");
    }
}

void RateLimit::wait(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::int64_t left = 0;
        {
            const std::lock_guard lock(mutex_);
            left = delay(now());
            if (left <= 0) {
                set(oldest_, now());
                oldest_ = oldest_ % (slots_.size() - 1) + 1;
                return;
            }
        }
        clock_.sleep(std::chrono::milliseconds(left), stop);
    }
}

void RateLimit::hold(std::chrono::milliseconds length) {
    const std::lock_guard lock(mutex_);
    set(0, std::max(slots_[0], now() + length.count()));
}

}  // namespace bingefriend
