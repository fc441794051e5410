// Writes log lines on a thread of its own, so that no request waits for a slow reader of the log.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace bingefriend {

class LineQueue {
  public:
    // Writes `lines`, each with its end, and returns the number of bytes written.  May wait for its reader,
    // but after a stop request only briefly.
    using Write = std::function<std::size_t(std::string_view lines, const std::stop_token& stop)>;
    // Called when lines begin to be lost (true) and when they are written again.
    using Report = std::function<void(bool losing)>;

    // Lines beyond this size of the queue are lost.
    static constexpr std::size_t max_waiting_bytes = 4 << 20;

    // Counts lines that were not written in `lost`.
    LineQueue(Write write, Report report, std::atomic<std::uint64_t>& lost);
    LineQueue(const LineQueue&) = delete;
    LineQueue& operator=(const LineQueue&) = delete;
    ~LineQueue();  // writes the rest, as far as `write` does

    // Thread-safe; returns at once.
    void add(std::string_view line);

  private:
    void run(const std::stop_token& stop);
    void write(std::string lines, const std::stop_token& stop);
    void lose(std::uint64_t lines);

    Write write_;
    Report report_;
    std::atomic<std::uint64_t>& lost_;
    std::atomic<bool> losing_ = false;
    bool within_line_ = false;  // the last write ended within a line
    std::mutex mutex_;          // protects waiting_
    std::condition_variable_any changed_;
    std::string waiting_;
    std::jthread writer_;  // last: it uses the others
};

}  // namespace bingefriend
