#include "app/standard_output.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <mutex>

#include "app/terminal.hpp"
#include "base/error.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t most_waiting = 1u << 16;

// The standard output is the process's own, and so is this.
std::mutex output_mutex;
std::string waiting_output;
int output_failure = 0;  // the errno of the first write that failed

// The errno; 0 where all was written.
int write_all(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {  // somebody who shares the pipe does not want to wait
            pollfd output{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
            (void)::poll(&output, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

void flush_locked() noexcept {
    if (output_failure == 0) {
        output_failure = write_all(waiting_output);
    }
    waiting_output.clear();
}

void add_output(std::string_view bytes) {
    const std::scoped_lock lock(output_mutex);
    if (output_failure != 0) {
        return;
    }
    waiting_output += bytes;
    if (waiting_output.size() > most_waiting) {
        flush_locked();
    }
}

[[noreturn]] void end_as_by_sigpipe() {
    std::signal(SIGPIPE, SIG_DFL);
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_UNBLOCK, &pipe, nullptr);
    std::raise(SIGPIPE);
    ::_exit(128 + SIGPIPE);
}

void refuse_failure() {
    const std::scoped_lock lock(output_mutex);
    if (output_failure == EPIPE) {
        end_as_by_sigpipe();
    }
    if (output_failure != 0) {
        throw Error(ErrorKind::unavailable, "cannot write to standard output", std::strerror(output_failure));
    }
}

void keep_open(int descriptor, int how) {
    if (::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF) {
        (void)::open("/dev/null", how);  // takes the lowest free descriptor, which is this one
    }
}

}  // namespace

void print_lines(std::string_view lines) {
    add_output(display_lines(lines));
}

void write_output(std::string_view bytes) {
    add_output(bytes);
    refuse_failure();
}

void write_json_line(std::string_view json) {
    write_output(display_json(json) + '\n');
}

std::size_t write_log_lines(std::string_view lines, const std::stop_token& stop) noexcept {
    constexpr int look = 100;  // milliseconds
    std::size_t done = 0;
    for (int looks_after_stop = 10; done < lines.size();) {
        pollfd output{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
        if (::poll(&output, 1, look) <= 0) {
            if (stop.stop_requested() && --looks_after_stop == 0) {
                break;
            }
            continue;
        }
        const std::string_view part =
            lines.substr(done, PIPE_BUF);  // a pipe that is ready takes so much at once
        const std::scoped_lock lock(output_mutex);
        flush_locked();
        const ssize_t written = ::write(STDOUT_FILENO, part.data(), part.size());
        if (written < 0 && errno != EINTR && errno != EAGAIN) {
            break;
        }
        done += static_cast<std::size_t>(std::max<ssize_t>(written, 0));
    }
    return done;
}

bool can_print() noexcept {
    std::array<pollfd, 2> outputs{{{STDOUT_FILENO, POLLOUT, 0}, {STDERR_FILENO, POLLOUT, 0}}};
    return ::poll(outputs.data(), outputs.size(), 0) == static_cast<int>(outputs.size());
}

std::size_t output_columns() noexcept {
    return terminal_columns(STDOUT_FILENO);
}

void flush_output() noexcept {
    const std::scoped_lock lock(output_mutex);
    flush_locked();
}

void check_output() {
    flush_output();
    refuse_failure();
}

void finish_output() {
    check_output();
    // A copy: the descriptor itself stays, so that no file takes its number.
    if (const int copy = ::dup(STDOUT_FILENO); copy >= 0 && ::close(copy) != 0 && errno != EINTR) {
        throw Error(ErrorKind::unavailable, "cannot write to standard output", std::strerror(errno));
    }
}

void prepare_standard_streams() {
    keep_open(STDIN_FILENO, O_RDONLY);
    keep_open(STDOUT_FILENO, O_RDONLY);  // so that writing to it still fails
    keep_open(STDERR_FILENO, O_RDWR);
    std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace bingefriend
