#include "app/run.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>
#include <new>
#include <nlohmann/json.hpp>

#include "app/command_line.hpp"
#include "app/log.hpp"
#include "app/memory.hpp"
#include "app/notifications.hpp"
#include "app/report_text.hpp"
#include "app/standard_output.hpp"
#include "app/version.hpp"
#include "domain/error.hpp"

namespace bingefriend {

std::string time_now() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

Stage::Stage(RunReport& report, const std::string& name, ProgressUnit unit)
    : report_(report), place_(report.stages.size()), line_(name, unit), peak_before_(peak_resident_bytes()) {
    report.stages.push_back({.name = name});
    sample_memory();
}

Stage::~Stage() {
    sample_memory();
    StageReport& stage = report_.stages[place_];
    stage.seconds = line_.seconds();
    // The system keeps one peak, that of the process: it is this stage's where it grew.
    const std::uint64_t peak = peak_resident_bytes();
    stage.peak_memory_bytes = peak > peak_before_ ? peak : std::min(most_seen_, peak);
}

void Stage::operator()(std::size_t done, std::size_t total) {
    using namespace std::chrono_literals;
    if (const auto now = std::chrono::steady_clock::now(); now - sampled_ > 20ms) {
        sampled_ = now;
        sample_memory();
    }
    line_(done, total);
}

void Stage::sample_memory() {
    most_seen_ = std::max(most_seen_, resident_bytes());
}

Run::Run(const Options& options, const Environment& environment)
    : options_(options), environment_(environment) {
    report_.version = version;
    report_.started_at = time_now();
    report_.steps = options.steps;
    try {
        mark_.emplace(options.data_dir, report_.started_at);
        report_.id = mark_->id();
        keep();
    } catch (const Error& error) {
        spdlog::warn("{}", error.what());
    }
}

void Run::through(const std::function<void()>& work) {
    const auto failed = [&](const std::string& message) {
        report_.error = message;
        report_.failed_stage = report_.stages.empty() ? std::string() : report_.stages.back().name;
        if (report_.outcome == Outcome::running) {
            report_.outcome = Outcome::failed;
        }
        end();
    };
    try {
        work();
    } catch (const std::bad_alloc&) {
        failed(out_of_memory);
        throw;
    } catch (const std::exception& error) {
        failed(error.what());
        throw;
    }
    report_.outcome = report_.generation ? Outcome::published : Outcome::done;
    end();
}

void Run::keep() {
    if (mark_) {
        write_run_report(options_.data_dir, report_);
    }
}

void Run::end() {
    report_.ended_at = time_now();
    report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    try {
        keep();
        delete_old_run_reports(options_.data_dir, options_.keep_runs);
    } catch (const Error& error) {
        spdlog::warn("the report of the run is not kept: {}", error.what());
    }
    if (log_format() == LogFormat::json) {
        log_line(headline(report_),
                 {{"report", nlohmann::json::parse(json_of(report_, JsonLayout::one_line))}});
    } else if (!log_is_quiet()) {
        print_lines("\n" + text_of(report_));
        if (mark_) {
            print("report: {}\n", run_report_path(options_.data_dir, report_.id).string());
        }
        flush_output();
    }
    notify_of(report_, environment_);
}

}  // namespace bingefriend
