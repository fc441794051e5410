#include "app/interruption.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/progress.hpp"
#include "console/standard_output.hpp"

namespace bingefriend {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

// How long work may take to end by itself.
constexpr std::chrono::milliseconds grace = 2s;
// One event often sends a signal twice: `timeout` to the process and to its group, a terminal that closes by
// the shell and by the kernel. The second one counts only after this time.
constexpr std::chrono::milliseconds repetition = 300ms;
// Maximum time from there to the end of the process. Docker kills after 10 s.
constexpr std::chrono::seconds max_end = 7s;

constexpr int no_signal = 0;
constexpr int ended = -1;

bool is_ignored(int signal) {
    struct sigaction action {};
    return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

[[noreturn]] void die_by(int signal) noexcept {
    (void)std::signal(signal, SIG_DFL);
    sigset_t only;
    ::sigemptyset(&only);
    ::sigaddset(&only, signal);
    ::pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
    (void)::raise(signal);
    ::_exit(128 + signal);  // process 1 of a container survives its own signals
}

// Sends the signal to this process after the time.
void send_later(int signal, std::chrono::seconds time) noexcept {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = signal;
    timer_t timer{};
    if (::timer_create(CLOCK_MONOTONIC, &event, &timer) == 0) {
        itimerspec when{};
        when.it_value.tv_sec = time.count();
        ::timer_settime(timer, 0, &when, nullptr);
    }
}

int checked(int descriptor) {
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot watch for signals");
    }
    return descriptor;
}

}  // namespace

Interruption::Interruption() {
    ::sigemptyset(&signals_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        if (!is_ignored(signal)) {
            ::sigaddset(&signals_, signal);
        }
    }
    arrivals_ = checked(::signalfd(-1, &signals_, SFD_CLOEXEC | SFD_NONBLOCK));
    end_ = checked(::eventfd(0, EFD_CLOEXEC));
    ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);  // threads that begin later inherit it
    watcher_ = std::thread([this] { watch(); });
}

Interruption::~Interruption() {
    ::eventfd_write(end_, 1);
    watcher_.join();
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    ::close(arrivals_);
    ::close(end_);
}

std::string Interruption::signal_name() const {
    switch (signal_) {
        case SIGTERM:
            return "SIGTERM";
        case SIGINT:
            return "SIGINT";
        case SIGHUP:
            return "SIGHUP";
        default:
            return "";
    }
}

void Interruption::end_process() const noexcept {
    flush_output();
    die_by(signal_);
}

// `no_signal` if none came within the time (-1: no limit), `ended` if the watcher is to end.
int Interruption::next_signal(int milliseconds) const {
    std::array<pollfd, 2> sources{{{arrivals_, POLLIN, 0}, {end_, POLLIN, 0}}};
    (void)::poll(sources.data(), sources.size(), milliseconds);
    if (sources[1].revents != 0) {
        return ended;
    }
    signalfd_siginfo arrival{};
    const bool came = ::read(arrivals_, &arrival, sizeof arrival) == sizeof arrival;
    return came ? static_cast<int>(arrival.ssi_signo) : no_signal;
}

void Interruption::watch() {
    int signal = no_signal;
    while (signal == no_signal) {
        signal = next_signal(-1);
    }
    if (signal == ended) {
        return;
    }
    const SteadyClock::time_point received = SteadyClock::now();
    signal_ = signal;
    stop_.request_stop();
    for (auto past = 0ms; past < grace;
         past = std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - received)) {
        const int next = next_signal(static_cast<int>((grace - past).count()));
        if (next == ended) {
            return;
        }
        if (next != no_signal && SteadyClock::now() - received > repetition) {
            die_by(next);
        }
    }
    end_overdue();
}

void Interruption::end_overdue() {
    ::pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);  // the next signal ends the process at once
    send_later(signal_, max_end);
    const std::lock_guard lock(mutex_);
    for (const auto& action : overdue_) {
        action();
    }
    die_by(signal_);
}

AtOverdue::AtOverdue(Interruption& interruption, std::function<void()> action) : interruption_(interruption) {
    const std::lock_guard lock(interruption_.mutex_);
    position_ = interruption_.overdue_.insert(interruption_.overdue_.end(), std::move(action));
}

AtOverdue::~AtOverdue() {
    const std::lock_guard lock(interruption_.mutex_);
    interruption_.overdue_.erase(position_);
}

void check_stop(const std::stop_token& stop) {
    if (stop.stop_requested()) {
        throw Interrupted();
    }
}

std::string interrupted_by(const std::string& signal) {
    return "interrupted by " + signal + ": run again";
}

Progress until_stopped(std::stop_token stop, Progress progress) {
    return [stop = std::move(stop), progress = std::move(progress)](std::size_t done, std::size_t total) {
        check_stop(stop);
        progress(done, total);
    };
}

}  // namespace bingefriend
