// The reports of the last runs: DATA_DIR/runs/ID.json, one a run.
//
// docs/operating/runs.md describes the JSON.  A report is written when its run begins, with the
// outcome "running", and again when it ends; a file is whole at any time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/lock_file.hpp"
#include "reports/run_report.hpp"

namespace bingefriend {

[[nodiscard]] std::filesystem::path run_report_path(const std::filesystem::path& data_dir,
                                                    std::string_view id);

// The report as JSON: indented, or on one line.  Bytes that are not UTF-8 become U+FFFD.
enum class JsonLayout { indented, one_line };
[[nodiscard]] std::string json_of(const RunReport& report, JsonLayout layout = JsonLayout::indented);

// Throws Error{input} if the JSON is not a report.
[[nodiscard]] RunReport run_report_in(std::string_view json);

// Reserves an id for a run that begins at started_at and tells others, until it is destroyed or the
// process ends in whatever way, that the run goes on.  Throws Error{unavailable}.
class RunMark {
  public:
    RunMark(const std::filesystem::path& data_dir, std::string_view started_at);
    RunMark(const RunMark&) = delete;
    RunMark& operator=(const RunMark&) = delete;
    ~RunMark();

    // As the end of the process does; for a process that ends without destroying this.
    void release() noexcept;

    [[nodiscard]] const std::string& id() const noexcept { return id_; }

  private:
    std::string id_;
    std::filesystem::path path_;
    std::optional<LockFile> file_;
};

// Throws Error{unavailable} if the disk refuses.
void write_run_report(const std::filesystem::path& data_dir, const RunReport& report);

// Newest first.  A run that says that it is running but whose process is gone is `interrupted`.
// Without files that are not reports.
[[nodiscard]] std::vector<RunReport> read_run_reports(const std::filesystem::path& data_dir);

// None if there is no report with this id.
[[nodiscard]] std::optional<RunReport> read_run_report(const std::filesystem::path& data_dir,
                                                       std::string_view id);

// Deletes the oldest reports until `keep` are left, never that of an active run.
void delete_old_run_reports(const std::filesystem::path& data_dir, std::size_t keep);

}  // namespace bingefriend
