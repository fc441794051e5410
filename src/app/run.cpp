#include "app/run.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>
#include <new>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/notifications.hpp"
#include "app/report_text.hpp"
#include "app/version.hpp"
#include "base/error.hpp"
#include "base/memory.hpp"
#include "base/progress.hpp"
#include "base/times.hpp"
#include "console/log.hpp"
#include "console/standard_output.hpp"

namespace bingefriend {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view publishing = "publish";
std::string last_stage(const RunReport& report) {
    return report.stages.empty() ? std::string() : report.stages.back().name;
}

}  // namespace

Stage::Stage(Run& run, const std::string& name, ProgressUnit unit)
    : run_(run), index_(run.begin_stage(name)), line_(name, unit), peak_before_(peak_resident_bytes()) {
    sample_memory();
}

Stage::~Stage() {
    sample_memory();
    // The system records one peak per process: it belongs to this stage if it grew.
    const std::uint64_t peak = peak_resident_bytes();
    run_.end_stage(index_, line_.seconds(), peak > peak_before_ ? peak : std::min(max_seen_, peak));
}

void Stage::operator()(std::size_t done, std::size_t total) {
    check_stop(run_.job_.stop());
    if (const auto now = std::chrono::steady_clock::now(); now - sampled_ > 20ms) {
        sampled_ = now;
        sample_memory();
    }
    line_(done, total);
}

void Stage::sample_memory() {
    max_seen_ = std::max(max_seen_, resident_bytes());
}

Run::Run(const Job& job, std::vector<std::string> steps, std::size_t keep_runs)
    : job_(job), keep_runs_(keep_runs) {
    report_.version = version;
    report_.started_at = iso_time();
    report_.steps = std::move(steps);
    try {
        mark_.emplace(job_.data_dir, report_.started_at);
        report_.id = mark_->id();
        write_run_report(job_.data_dir, report_);
    } catch (const Error& error) {
        spdlog::warn("{}", error.what());
    }
    const std::lock_guard lock(mutex_);
    shown_ = report_;
}

void Run::execute(const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        const bool interrupted = job_.stop().stop_requested() && report_.outcome == Outcome::running;
        if (interrupted) {
            mark_interrupted(report_);
        } else {
            const bool no_memory = dynamic_cast<const std::bad_alloc*>(&error) != nullptr;
            report_.error = no_memory ? out_of_memory : error.what();
            report_.failed_stage = last_stage(report_);
            report_.outcome = report_.outcome == Outcome::running ? Outcome::failed : report_.outcome;
        }
        end();
        if (interrupted) {
            throw Interrupted();
        }
        throw;
    }
    report_.outcome = report_.generation ? Outcome::published : Outcome::done;
    end();
}

std::size_t Run::begin_stage(const std::string& name) {
    check_stop(job_.stop());
    report_.stages.push_back({.name = name});
    const std::lock_guard lock(mutex_);
    shown_ = report_;
    return report_.stages.size() - 1;
}

void Run::end_stage(std::size_t index, double seconds, std::uint64_t peak_memory_bytes) {
    const std::lock_guard lock(mutex_);
    for (RunReport* report : {&report_, &shown_}) {
        report->stages[index].seconds = seconds;
        report->stages[index].peak_memory_bytes = peak_memory_bytes;
    }
}

void Run::mark_interrupted(RunReport& report) const {
    report.outcome = Outcome::interrupted;
    report.failed_stage = last_stage(report);
    report.error = interrupted_by(job_.interruption.signal_name());
}

void Run::end() {
    {
        std::unique_lock lock(mutex_);
        if (ending_ != Ending::none) {  // the run is overdue: another thread reports it and ends the process
            finished_.wait(lock, [] { return false; });
        }
        ending_ = Ending::begun;
    }
    save(report_);
    if (report_.outcome != Outcome::interrupted || can_print()) {
        print(report_);
    }
    notify_of(report_, job_.environment);
    const std::lock_guard lock(mutex_);
    ending_ = Ending::done;
    finished_.notify_all();
}

// On the signal thread, at any point of the run.
void Run::end_overdue() {
    std::unique_lock lock(mutex_);
    if (ending_ == Ending::none) {
        ending_ = Ending::begun;
        RunReport report = shown_;
        lock.unlock();
        report_overdue(std::move(report));
    } else if (report_.outcome == Outcome::interrupted) {  // its notification is in progress
        finished_.wait(lock, [this] { return ending_ == Ending::done; });
        if (can_print()) {
            log_failure(report_.error);
        }
    }  // else the report is complete, and the notification hangs
    if (mark_) {
        mark_->release();
    }
}

void Run::report_overdue(RunReport report) {
    mark_interrupted(report);
    if (report.failed_stage == publishing) {
        report.error += "; the generation may be published: `bingefriend generations` lists them";
    }
    save(report);
    notify_of(report, job_.environment);
    if (can_print()) {
        log_failure(report.error);
    }
}

void Run::save(RunReport& report) {
    report.ended_at = iso_time();
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    try {
        if (mark_) {
            write_run_report(job_.data_dir, report);
        }
        delete_old_run_reports(job_.data_dir, keep_runs_);
    } catch (const Error& error) {
        spdlog::warn("the run report was not saved: {}", error.what());
    }
}

void Run::print(const RunReport& report) const {
    if (log_format() == LogFormat::json) {
        log_line(headline(report),
                 {{"report", nlohmann::json::parse(json_of(report, JsonLayout::one_line))}});
    } else if (!log_is_quiet()) {
        print_lines("\n" + to_text(report));
        if (mark_) {
            bingefriend::print("report: {}\n", run_report_path(job_.data_dir, report.id).string());
        }
        flush_output();
    }
}

}  // namespace bingefriend
