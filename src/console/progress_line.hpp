// Shows the progress of long work: one line that is overwritten on a terminal, else lines of the log.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace bingefriend {

enum class ProgressUnit { items, bytes };

class ProgressLine {
  public:
    explicit ProgressLine(std::string stage, ProgressUnit unit = ProgressUnit::items);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();  // clears the terminal's line

    void operator()(std::size_t done, std::size_t total);

    [[nodiscard]] double seconds() const;

  private:
    std::string stage_;
    ProgressUnit unit_;
    bool terminal_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point shown_ = begin_;
    bool line_open_ = false;
};

// "12,000 of 85,000 (14%), 4,000/s, 18 s left"; without a total "12,000, 4,000/s".
[[nodiscard]] std::string progress_text(std::size_t done, std::size_t total, double seconds,
                                        ProgressUnit unit = ProgressUnit::items);

// "45 s", "3 min", "2.5 h"
[[nodiscard]] std::string duration_text(double seconds);

// "1,234,567"
[[nodiscard]] std::string with_commas(std::size_t number);

// "213.4 MB"; decimal, as storage is sold.
[[nodiscard]] std::string with_unit(std::size_t bytes);

}  // namespace bingefriend
