// A run of the pipeline: measures its stages and reports what it did, however it ends.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "app/job.hpp"
#include "console/progress_line.hpp"
#include "reports/run_report.hpp"
#include "reports/run_reports.hpp"

namespace bingefriend {

inline constexpr const char* out_of_memory =
    "out of memory: give the process more memory, or limit the shows with --max-shows";

class Run;

// A stage in progress, from its construction to its destruction.
class Stage {
  public:
    // Throws Interrupted if the run must stop, as does the call that reports progress.
    Stage(Run& run, const std::string& name, ProgressUnit unit = ProgressUnit::items);
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    ~Stage();  // writes time and memory into the report

    void operator()(std::size_t done, std::size_t total);

    [[nodiscard]] double seconds() const { return line_.seconds(); }

  private:
    void sample_memory();

    Run& run_;
    std::size_t index_;
    ProgressLine line_;
    std::uint64_t peak_before_;
    std::uint64_t max_seen_ = 0;
    std::chrono::steady_clock::time_point sampled_{};
};

class Run {
  public:
    // Writes the first report, so that others see that the run is in progress. Retains `keep_runs` reports.
    Run(const Job& job, std::vector<std::string> steps, std::size_t keep_runs);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    // Does the work and reports: to DATA_DIR/runs, on standard output, and to the configured recipients.
    // Rethrows what the work throws; Interrupted if a signal ended it. If a report cannot be saved or sent,
    // that is logged and the run goes on.
    void execute(const std::function<void()>& work);

    [[nodiscard]] RunReport& report() noexcept { return report_; }

  private:
    friend class Stage;

    // Returns the index of the stage.
    std::size_t begin_stage(const std::string& name);
    void end_stage(std::size_t index, double seconds, std::uint64_t peak_memory_bytes);

    void mark_interrupted(RunReport& report) const;
    void end();
    void end_overdue();
    void report_overdue(RunReport report);
    void save(RunReport& report);
    void print(const RunReport& report) const;

    const Job& job_;
    std::size_t keep_runs_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    RunReport report_;
    std::optional<RunMark> mark_;  // empty if DATA_DIR is not writable
    std::mutex mutex_;             // guards the next members, for the thread that ends an overdue run
    std::condition_variable finished_;
    RunReport shown_;  // the report as of the start of the stage
    enum class Ending { none, begun, done } ending_ = Ending::none;
    AtOverdue at_overdue_{job_.interruption, [this] { end_overdue(); }};  // last: it uses the others
};

}  // namespace bingefriend
