#include "app/report_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::Not;

RunReport published() {
    RunReport report;
    report.id = "20261122T090000Z";
    report.outcome = Outcome::published;
    report.seconds = 12.5;
    report.source_kind = "show-service";
    report.source = "https://host/api";
    report.database = "sqlite:///data/recommendations.db";
    report.fetch = IngestReport{.records = 1'003, .duplicates = 1, .pages = 2, .retries = 1};
    report.fetch->reject("record 3", "no name");
    report.fetch->rejected = 21;
    report.catalogue = CatalogueFigures{1'000, 900, 800, 700, 600, 500, 400};
    report.stages = {{"fetch", 1.25, 123'000'000}};
    report.generation = Generation{.number = 4, .shows = 1'000, .recommendations = 20'000};
    return report;
}

TEST(ReportText, tells_what_was_read_what_was_left_out_and_what_was_published) {
    const std::string text = to_text(published());
    EXPECT_THAT(text, HasSubstr("run 20261122T090000Z: published generation 4 (12.50 s)\n"));
    EXPECT_THAT(text, HasSubstr("source: show-service https://host/api\n"));
    EXPECT_THAT(text, HasSubstr("pages: 2, cached by an earlier fetch: 0; retries: 1\n"));
    EXPECT_THAT(text, HasSubstr("rejected: 21 of 1,003 records\n        1  no name\n  record 3: no name\n"));
    EXPECT_THAT(text, HasSubstr("and 20 more\n"));
    EXPECT_THAT(text, HasSubstr("catalogue: 1,000 shows\n  with genres          900  90.0%\n"));
    EXPECT_THAT(text, HasSubstr("fetch     1.25      123\n"));
    EXPECT_THAT(text, HasSubstr(": 1,000 shows, 20,000 recommendations\n"));
    EXPECT_THAT(text, Not(HasSubstr("error")));
}

TEST(ReportText, tells_why_a_generation_was_refused_and_which_shows_changed) {
    RunReport report = published();
    report.outcome = Outcome::refused;
    report.generation.reset();
    report.error = "the new generation is not published";
    report.comparison = Comparison{.with_generation = 3,
                                   .before = {1'000, 900, 800, 1'000},
                                   .now = {500, 450, 400, 490},
                                   .shows_added = 1,
                                   .shows_removed = 501,
                                   .mean_overlap = 0.25,
                                   .compared = 490,
                                   .changed_most = {{ShowId{5}, "Café", 0.05, {}, {}}},
                                   .objections = {"500 shows are fewer"}};
    std::string text = to_text(report);
    EXPECT_THAT(text, HasSubstr("run 20261122T090000Z: refused to publish"));
    EXPECT_THAT(text, HasSubstr("compared with generation 3:"));
    EXPECT_THAT(text, HasSubstr("  with recommendations  100.0%  98.0%\n"));
    EXPECT_THAT(text, HasSubstr("  1 shows added, 501 removed\n"));
    EXPECT_THAT(text, HasSubstr("overlap by 0.250\n"));
    EXPECT_THAT(text, HasSubstr("    0.050  Café (5)\n"));
    EXPECT_THAT(text, HasSubstr("not published: 500 shows are fewer\n"));
    EXPECT_THAT(text, HasSubstr("error: the new generation is not published\n"));
    report.comparison->forced = true;
    report.comparison->same_ranking = false;
    text = to_text(report);
    EXPECT_THAT(text, HasSubstr("published anyway: 500 shows are fewer\n"));
    EXPECT_THAT(text, HasSubstr("not judged"));
}

}  // namespace
}  // namespace bingefriend
