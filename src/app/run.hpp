// One run of the pipeline: its stages are measured, and what it did is reported however it ends.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "app/interruption.hpp"
#include "app/progress_line.hpp"
#include "app/settings.hpp"
#include "reports/run_report.hpp"
#include "reports/run_reports.hpp"

namespace bingefriend {

// UTC, ISO 8601, to the second.
[[nodiscard]] std::string time_now();

class Run;

// A stage at work, from its making to its end.
class Stage {
  public:
    // Throws Interrupted where the run is to stop, as does the call that tells progress.
    Stage(Run& run, const std::string& name, ProgressUnit unit = ProgressUnit::items);
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    ~Stage();  // writes its figures into the report

    void operator()(std::size_t done, std::size_t total);

    [[nodiscard]] double seconds() const { return line_.seconds(); }

  private:
    void sample_memory();

    Run& run_;
    std::size_t place_;
    ProgressLine line_;
    std::uint64_t peak_before_;
    std::uint64_t most_seen_ = 0;
    std::chrono::steady_clock::time_point sampled_{};
};

class Run {
  public:
    // Writes the report for the first time, so that others see that the run goes on.
    Run(const Options& options, const Environment& environment);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    // Does the work and reports: to DATA_DIR/runs, on the standard output, and to whom the settings name.
    // What the work throws is thrown again after that; Interrupted where a signal ended it.  A report that
    // cannot be kept or sent is logged; it never fails the run.
    void through(const std::function<void()>& work);

    [[nodiscard]] RunReport& report() noexcept { return report_; }

  private:
    friend class Stage;

    // Of the stages: number of the one that begins, and its figures at its end.
    std::size_t begin_stage(const std::string& name);
    void end_stage(std::size_t place, double seconds, std::uint64_t peak_memory_bytes);

    void mark_interrupted(RunReport& report) const;
    void end();
    void end_overdue();
    void report_overdue(RunReport report);
    void keep(RunReport& report);
    void tell(const RunReport& report) const;

    const Options& options_;
    const Environment& environment_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    RunReport report_;
    std::optional<RunMark> mark_;  // none where DATA_DIR cannot be written
    std::mutex mutex_;             // guards what follows, for the thread that ends a run that is overdue
    std::condition_variable finished_;
    RunReport shown_;  // the report as of the beginning of the stage
    enum class Ending { none, begun, done } ending_ = Ending::none;
    AtOverdue at_overdue_{options_.interruption, [this] { end_overdue(); }};  // last: it uses the others
};

}  // namespace bingefriend
