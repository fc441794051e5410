#include "reports/run_reports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* nine = "2026-11-22T09:00:00Z";

RunReport full_report() {
    RunReport report;
    report.id = "20261122T090000Z";
    report.version = "1.2.3";
    report.started_at = nine;
    report.ended_at = "2026-11-22T09:00:12Z";
    report.seconds = 12.25;
    report.steps = {"fetch", "features", "populate"};
    report.outcome = Outcome::refused;
    report.failed_stage = "compare";
    report.error = "not published";
    report.source_kind = "show-service";
    report.source = "https://host/api";
    report.database = "mysql://user@host/db";
    report.fetch = IngestReport{.records = 10, .duplicates = 1, .pages = 3, .retries = 2};
    report.fetch->reject("record 3", "no name");
    report.fetch->warnings = {"slow"};
    report.fetch->cut_short = "page 3 was empty";
    report.catalogue = CatalogueFigures{9, 8, 7, 6, 5, 4, 3};
    report.stages = {{"fetch", 1.5, 1 << 20}, {"features", 0.25, 2 << 20}};
    report.comparison =
        Comparison{.with_generation = 3,
                   .before = {10, 9, 8, 7},
                   .now = {9, 8, 7, 6},
                   .shows_added = 1,
                   .shows_removed = 2,
                   .mean_overlap = 0.1,
                   .compared = 8,
                   .same_ranking = false,
                   .changed_most = {{ShowId{5}, "Café", 0.05, {ShowId{1}, ShowId{2}}, {ShowId{3}}}},
                   .objections = {"too few"},
                   .forced = true};
    report.generation = Generation{.number = 4, .computed_at = nine, .published_at = nine, .shows = 9};
    report.generation->ranking = {{0.25, 0.25, 0.5}, 7, 0.125};
    return report;
}

// A report kept in the folder as a run leaves it.
void keep(const std::filesystem::path& folder, const std::string& started_at,
          Outcome outcome = Outcome::done) {
    const RunMark mark(folder, started_at);
    RunReport report;
    report.id = mark.id();
    report.outcome = outcome;
    write_run_report(folder, report);
}

std::vector<std::string> ids(const std::filesystem::path& folder) {
    std::vector<std::string> all;
    for (const RunReport& report : read_run_reports(folder)) {
        all.push_back(report.id);
    }
    return all;
}

TEST(RunReports, read_as_they_were_written) {
    const TestFolder folder;
    write_run_report(folder.path(), full_report());
    const RunReport report = read_run_report(folder.path(), "20261122T090000Z").value();
    EXPECT_EQ(json_of(report), json_of(full_report()));
    EXPECT_EQ(report.comparison, full_report().comparison);
    EXPECT_EQ(report.catalogue, full_report().catalogue);
    EXPECT_EQ(report.stages, full_report().stages);
    EXPECT_EQ(report.generation->ranking, full_report().generation->ranking);
    EXPECT_EQ(report.fetch->rejected_by_reason.at("no name"), 1U);
    EXPECT_EQ(report.fetch->cut_short, "page 3 was empty");
}

TEST(RunReports, say_null_where_a_run_has_nothing_to_tell) {
    RunReport report;
    report.id = "20261122T090000Z";
    const auto json = nlohmann::json::parse(json_of(report, JsonLayout::one_line));
    for (const char* key : {"fetch", "catalogue", "comparison", "generation", "ended_at", "error"}) {
        EXPECT_TRUE(json.at(key).is_null()) << key;
    }
    EXPECT_EQ(json.at("format"), 1);
    EXPECT_EQ(json_of(run_report_in(json.dump())), json_of(report));
}

TEST(RunReports, hold_names_that_are_no_utf_8) {
    RunReport report = full_report();
    report.source = "shows\xff.ndjson";
    EXPECT_EQ(run_report_in(json_of(report)).source, "shows\xef\xbf\xbd.ndjson");
}

TEST(RunReports, have_an_id_of_their_own_in_one_second_too) {
    const TestFolder folder;
    for (int i = 0; i < 11; ++i) {
        keep(folder.path(), nine);
    }
    keep(folder.path(), "2026-11-22T08:59:59Z");
    const std::vector<std::string> all = ids(folder.path());
    ASSERT_EQ(all.size(), 12U);
    EXPECT_EQ(all.front(), "20261122T090000Z-11");
    EXPECT_EQ(all[10], "20261122T090000Z");
    EXPECT_EQ(all.back(), "20261122T085959Z");
}

TEST(RunReports, are_kept_for_the_last_runs) {
    const TestFolder folder;
    for (const char* second : {"1", "2", "3", "4"}) {
        keep(folder.path(), std::string("2026-11-22T09:00:0") + second + "Z");
    }
    const RunMark running(folder.path(), nine);
    RunReport report;
    report.id = running.id();
    write_run_report(folder.path(), report);
    delete_old_run_reports(folder.path(), 3);
    EXPECT_THAT(ids(folder.path()), ElementsAre("20261122T090004Z", "20261122T090003Z", "20261122T090000Z"))
        << "the oldest goes on";
    delete_old_run_reports(folder.path(), 30);
    EXPECT_EQ(ids(folder.path()).size(), 3U);
}

TEST(RunReports, tell_a_run_that_goes_on_from_one_that_was_killed) {
    const TestFolder folder;
    {
        const RunMark mark(folder.path(), nine);
        RunReport report;
        report.id = mark.id();
        write_run_report(folder.path(), report);
        EXPECT_EQ(read_run_reports(folder.path()).front().outcome, Outcome::running);
    }
    const pid_t child = ::fork();
    if (child == 0) {
        const RunMark mark(folder.path(), "2026-11-22T10:00:00Z");
        RunReport report;
        report.id = mark.id();
        write_run_report(folder.path(), report);
        ::_exit(0);  // as a kill: nothing is cleaned up
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(read_run_reports(folder.path()).front().id, "20261122T100000Z");
    EXPECT_EQ(read_run_reports(folder.path()).front().outcome, Outcome::interrupted);
}

TEST(RunReports, leave_out_what_is_none) {
    const TestFolder folder;
    EXPECT_THAT(read_run_reports(folder.path()), IsEmpty());
    keep(folder.path(), nine);
    std::ofstream(folder.path() / "runs" / "20261122T090001Z.json") << "{\"run\": 7";
    std::ofstream(folder.path() / "runs" / "20261122T090002Z.json") << "[]";
    std::ofstream(folder.path() / "runs" / "notes.json") << "{}";
    std::ofstream(folder.path() / "secret.json") << json_of(full_report());
    EXPECT_THAT(ids(folder.path()), ElementsAre("20261122T090000Z"));
    EXPECT_EQ(read_run_report(folder.path(), "../secret"), std::nullopt);
    EXPECT_EQ(read_run_report(folder.path(), "20261122T090001Z"), std::nullopt);
    EXPECT_THROW((void)run_report_in("{}"), Error);
}

TEST(RunReports, say_where_they_cannot_be_written) {
    const TestFolder folder;
    std::ofstream(folder.path() / "file") << "in the way";
    EXPECT_THROW(RunMark(folder.path() / "file", nine), Error);
}

}  // namespace
}  // namespace bingefriend
