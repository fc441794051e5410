#include "console/standard_output.hpp"

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

#include "base/error.hpp"
#include "console/terminal.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_buffered = 1u << 16;

// Global, like standard output itself.
std::mutex output_mutex;
std::string buffered_output;
int output_failure = 0;  // errno of the first failed write; 0 if none

// Returns errno; 0 if everything was written.
int write_all(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {  // a process that shares the pipe made it non-blocking
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
        output_failure = write_all(buffered_output);
    }
    buffered_output.clear();
}

void add_output(std::string_view bytes) {
    const std::scoped_lock lock(output_mutex);
    if (output_failure != 0) {
        return;
    }
    buffered_output += bytes;
    if (buffered_output.size() > max_buffered) {
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

void throw_failure() {
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
    throw_failure();
}

void write_json_line(std::string_view json) {
    write_output(display_json(json) + '\n');
}

std::size_t write_log_lines(std::string_view lines, const std::stop_token& stop) noexcept {
    constexpr int poll_ms = 100;
    std::size_t done = 0;
    for (int polls_after_stop = 10; done < lines.size();) {
        pollfd output{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
        if (::poll(&output, 1, poll_ms) <= 0) {
            if (stop.stop_requested() && --polls_after_stop == 0) {
                break;
            }
            continue;
        }
        const std::string_view part =
            lines.substr(done, PIPE_BUF);  // a pipe that is ready accepts this much without blocking
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
    throw_failure();
}

void finish_output() {
    check_output();
    // Closes a copy, so that no file can get the number of the descriptor.
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
