#include "reports/run_reports.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/atomic_file.hpp"
#include "base/error.hpp"

namespace bingefriend {
namespace {

constexpr std::uintmax_t largest_report = 16u << 20;  // of a report that is read
// It names hosts and files and repeats errors of others: not for every user of the machine.
constexpr mode_t rights_of_report = 0640;

std::filesystem::path folder_of(const std::filesystem::path& data_dir) {
    return data_dir / "runs";
}

std::filesystem::path mark_path(const std::filesystem::path& data_dir, const std::string& id) {
    return folder_of(data_dir) / (id + ".running");
}

// A name that can only name a file in the folder.
bool is_id(std::string_view id) {
    return !id.empty() && id.size() <= 40 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || c == 'T' || c == 'Z' || c == '-';
    });
}

// "2026-11-22T09:00:00Z" -> "20261122T090000Z"
std::string compact(std::string_view time) {
    std::string id;
    std::copy_if(time.begin(), time.end(), std::back_inserter(id),
                 [](char c) { return c != '-' && c != ':'; });
    return id;
}

// Whether the process that holds the mark of this run is there.
bool goes_on(const std::filesystem::path& data_dir, const std::string& id) {
    return is_held(mark_path(data_dir, id));
}

std::optional<RunReport> report_of(const std::filesystem::path& data_dir, const std::string& id) {
    const std::filesystem::path path = run_report_path(data_dir, id);
    std::error_code failed;
    if (const auto size = std::filesystem::file_size(path, failed); failed || size > largest_report) {
        return std::nullopt;
    }
    std::ifstream file(path, std::ios::binary);
    const std::string json{std::istreambuf_iterator<char>(file), {}};
    try {
        RunReport report = run_report_in(json);
        report.id = id;
        if (report.outcome == Outcome::running && !goes_on(data_dir, id)) {
            report.outcome = Outcome::interrupted;
        }
        return report;
    } catch (const Error&) {
        return std::nullopt;
    }
}

// Oldest first: an id begins with its time, "-10" comes after "-9".
std::vector<std::string> ids_in(const std::filesystem::path& data_dir) {
    std::vector<std::string> ids;
    std::error_code failed;
    for (auto entry = std::filesystem::directory_iterator(folder_of(data_dir), failed);
         !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
        const std::filesystem::path& path = entry->path();
        if (path.extension() == ".json" && is_id(path.stem().string())) {
            ids.push_back(path.stem().string());
        }
    }
    std::sort(ids.begin(), ids.end(), [](const std::string& a, const std::string& b) {
        const auto split = [](const std::string& id) {
            const std::size_t dash = std::min(id.find('-'), id.size());
            return std::tuple(id.substr(0, dash), id.size(), id);
        };
        return split(a) < split(b);
    });
    return ids;
}

}  // namespace

std::filesystem::path run_report_path(const std::filesystem::path& data_dir, std::string_view id) {
    return folder_of(data_dir) / (std::string(id) + ".json");
}

RunMark::RunMark(const std::filesystem::path& data_dir, std::string_view started_at) {
    std::error_code ignored;  // opening it gives a better message
    std::filesystem::create_directories(folder_of(data_dir), ignored);
    for (std::size_t number = 1; !file_; ++number) {
        id_ = compact(started_at) + (number == 1 ? "" : "-" + std::to_string(number));
        if (std::filesystem::exists(run_report_path(data_dir, id_), ignored)) {
            continue;
        }
        path_ = mark_path(data_dir, id_);
        try {
            file_ = LockFile::create(path_, rights_of_report);
        } catch (const std::system_error& error) {
            throw Error(ErrorKind::unavailable, "cannot keep a report of the run", path_.string(),
                        error.code().message());
        }
    }
}

RunMark::~RunMark() {
    release();
}

void RunMark::release() noexcept {
    file_->remove(path_);
}

void write_run_report(const std::filesystem::path& data_dir, const RunReport& report) {
    AtomicFile file(run_report_path(data_dir, report.id), rights_of_report);
    file.write(json_of(report));
    file.write("\n");
    file.commit();
}

std::vector<RunReport> read_run_reports(const std::filesystem::path& data_dir) {
    std::vector<std::string> ids = ids_in(data_dir);
    std::vector<RunReport> reports;
    for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
        if (std::optional<RunReport> report = report_of(data_dir, *id)) {
            reports.push_back(*std::move(report));
        }
    }
    return reports;
}

std::optional<RunReport> read_run_report(const std::filesystem::path& data_dir, std::string_view id) {
    return is_id(id) ? report_of(data_dir, std::string(id)) : std::nullopt;
}

void delete_old_run_reports(const std::filesystem::path& data_dir, std::size_t keep) {
    std::vector<std::string> ids = ids_in(data_dir);
    std::size_t left = ids.size();
    for (const std::string& id : ids) {
        if (left <= keep) {
            break;
        }
        if (goes_on(data_dir, id)) {
            continue;
        }
        std::error_code ignored;  // another run may have been faster
        std::filesystem::remove(run_report_path(data_dir, id), ignored);
        std::filesystem::remove(mark_path(data_dir, id), ignored);
        --left;
    }
}

}  // namespace bingefriend
