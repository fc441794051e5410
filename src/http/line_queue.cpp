#include "http/line_queue.hpp"

#include <algorithm>
#include <utility>

namespace bingefriend {

LineQueue::LineQueue(Write write, Report report, std::atomic<std::uint64_t>& lost)
    : write_(std::move(write)),
      report_(std::move(report)),
      lost_(lost),
      writer_([this](const std::stop_token& stop) { run(stop); }) {}

LineQueue::~LineQueue() = default;

void LineQueue::add(std::string_view line) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() + line.size() < max_waiting_bytes) {
            waiting_.append(line) += '\n';
            changed_.notify_one();
            return;
        }
    }
    lose(1);
}

void LineQueue::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); }) || !waiting_.empty()) {
        std::string lines = std::exchange(waiting_, {});
        lock.unlock();
        write(std::move(lines), stop);
        lock.lock();
    }
}

void LineQueue::write(std::string lines, const std::stop_token& stop) {
    if (within_line_) {
        lines.insert(0, "\n");
    }
    const std::size_t written = write_(lines, stop);
    if (written > 0) {
        within_line_ = lines[written - 1] != '\n';
    }
    if (written < lines.size()) {
        const auto rest = lines.begin() + static_cast<std::ptrdiff_t>(written);
        lose(static_cast<std::uint64_t>(std::count(rest, lines.end(), '\n')));
    } else if (losing_.exchange(false)) {
        report_(false);
    }
}

void LineQueue::lose(std::uint64_t lines) {
    lost_ += lines;
    if (!losing_.exchange(true)) {
        report_(true);
    }
}

}  // namespace bingefriend
