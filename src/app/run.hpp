// One run of the pipeline: its stages are measured, and what it did is reported however it ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/progress_line.hpp"
#include "app/settings.hpp"
#include "artifacts/run_reports.hpp"
#include "domain/run_report.hpp"

namespace bingefriend {

// UTC, ISO 8601, to the second.
[[nodiscard]] std::string time_now();

// A stage at work, from its making to its end.
class Stage {
  public:
    Stage(RunReport& report, const std::string& name, ProgressUnit unit = ProgressUnit::items);
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    ~Stage();  // writes its figures into the report

    void operator()(std::size_t done, std::size_t total);

    [[nodiscard]] double seconds() const { return line_.seconds(); }

  private:
    void sample_memory();

    RunReport& report_;
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

    // Does the work and reports: to DATA_DIR/runs, on the standard output, and to whom the settings name.
    // What the work throws is thrown again after that.  A report that cannot be kept or sent is logged; it
    // never fails the run.
    void through(const std::function<void()>& work);

    [[nodiscard]] RunReport& report() noexcept { return report_; }

  private:
    void keep();
    void end();

    const Options& options_;
    const Environment& environment_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    RunReport report_;
    std::optional<RunMark> mark_;  // none where DATA_DIR cannot be written
};

}  // namespace bingefriend
