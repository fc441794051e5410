// SIGTERM, SIGINT and SIGHUP ask a command to stop. It ends with its report, then as killed by that signal.
//
// The first signal requests a stop. Work checks for it where it reports progress, and network requests end at
// once. Work that does not end in time (a read that blocks, a database that does not answer) is abandoned: a
// separate thread reports what it can and ends the process. A second signal ends the process at once.
#pragma once

#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <list>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "base/progress.hpp"

namespace bingefriend {

class Interruption {
  public:
    // From here on the signals belong to this object, except those that are ignored (nohup). Make it before
    // other threads begin, one at a time.
    Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    ~Interruption();

    [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

    // "SIGTERM"; empty before a signal.
    [[nodiscard]] std::string signal_name() const;

    // Ends the process as the signal would have. REQUIRES: a signal came.
    [[noreturn]] void end_process() const noexcept;

  private:
    friend class AtOverdue;

    int next_signal(int milliseconds) const;
    void watch();
    [[noreturn]] void end_overdue();

    sigset_t signals_{};
    sigset_t before_{};
    int arrivals_ = -1;  // descriptor: received signals
    int end_ = -1;       // descriptor: tells the watcher to end
    std::stop_source stop_;
    std::atomic<int> signal_{0};
    std::mutex mutex_;  // guards overdue_
    std::list<std::function<void()>> overdue_;
    std::thread watcher_;  // last: it uses the others
};

// A function to run before the process ends, if the work did not stop in time. It runs on the signal thread
// while the work may still run. Several run in the order in which they were made.
class AtOverdue {
  public:
    AtOverdue(Interruption& interruption, std::function<void()> action);
    AtOverdue(const AtOverdue&) = delete;
    AtOverdue& operator=(const AtOverdue&) = delete;
    ~AtOverdue();  // does not return while the actions run: the process ends after them

  private:
    Interruption& interruption_;
    std::list<std::function<void()>>::iterator position_;
};

// Throws Interrupted if a stop is requested.
void check_stop(const std::stop_token& stop);

// The last line of the command: "interrupted by SIGTERM: run again".
[[nodiscard]] std::string interrupted_by(const std::string& signal);

// Progress that throws Interrupted if a stop is requested.
[[nodiscard]] Progress until_stopped(std::stop_token stop, Progress progress);

}  // namespace bingefriend
