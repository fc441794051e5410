#include "records/ingest.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

Show ingested(std::int64_t id, std::int64_t updated, std::string name) {
    Show s;
    s.id = ShowId{id};
    s.updated = updated;
    s.name = std::move(name);
    return s;
}

TEST(CatalogueBuilder, sorts_by_id_and_keeps_the_newer_of_two_records) {
    CatalogueBuilder builder;
    builder.add(ingested(7, 0, "seven"));
    builder.add(ingested(3, 200, "three, new"));
    builder.add(ingested(3, 100, "three, old"));
    builder.add(ingested(5, 0, "five, read first"));
    builder.add(ingested(5, 0, "five, read last"));
    IngestReport report;
    const Catalogue catalogue = std::move(builder).build(report);
    ASSERT_EQ(catalogue.shows.size(), 3u);
    EXPECT_EQ(catalogue.shows[0].name, "three, new");
    EXPECT_EQ(catalogue.shows[1].name, "five, read last");
    EXPECT_EQ(catalogue.shows[2].name, "seven");
    EXPECT_EQ(report.duplicates, 2u);
}

TEST(CatalogueBuilder, holds_a_show_once_however_often_it_is_added) {
    CatalogueBuilder builder;
    for (int i = 0; i < 1'000; ++i) {
        builder.add(ingested(1 + i % 2, i / 2, "x"));
    }
    EXPECT_EQ(builder.size(), 1'000u);
    EXPECT_EQ(builder.distinct(), 2u);
    IngestReport report;
    const Catalogue catalogue = std::move(builder).build(report);
    EXPECT_EQ(catalogue.shows.front().updated, 499);
    EXPECT_EQ(report.duplicates, 998u);
}

TEST(IngestReport, counts_every_rejection_and_keeps_the_first_as_examples) {
    IngestReport report;
    for (int i = 0; i < 100; ++i) {
        report.reject("line " + std::to_string(i), "no name");
    }
    EXPECT_EQ(report.rejected, 100u);
    EXPECT_EQ(report.rejected_by_reason.at("no name"), 100u);
    EXPECT_EQ(report.examples.size(), IngestReport::kept_examples);
    EXPECT_EQ(report.examples.front().position, "line 0");
}

}  // namespace
}  // namespace bingefriend
