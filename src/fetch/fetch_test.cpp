#include "fetch/fetch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <fstream>
#include <string>

#include "domain/error.hpp"
#include "domain/test_folder.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string gzipped(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
    std::string copy = text;
    stream.next_in = reinterpret_cast<Bytef*>(copy.data());
    stream.avail_in = static_cast<uInt>(copy.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string zstd_packed(const std::string& text) {
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
}

std::string many_shows(int n) {
    std::string text;
    for (int i = 1; i <= n; ++i) {
        text += "{\"id\":" + std::to_string(i) + ",\"name\":\"Show " + std::to_string(i * 7919 % 1000) +
                "\",\"summary\":\"" + std::string(static_cast<std::size_t>(i % 97), 'a') + "\"}\n";
    }
    return text;
}

Ingest fetch(const std::string& bytes, const FetchOptions& options = {}) {
    return fetch_bytes(bytes, "test", options);
}

std::string message_of(const std::string& bytes) {
    try {
        (void)fetch(bytes);
        return "no error";
    } catch (const Error& error) {
        return error.what();
    }
}

TEST(Fetch, reads_the_same_shows_plain_gzipped_and_packed_with_zstd) {
    const std::string text = many_shows(5'000);
    const auto plain = fetch(text).catalogue.shows;
    ASSERT_EQ(plain.size(), 5'000u);
    EXPECT_EQ(fetch(gzipped(text)).catalogue.shows, plain);
    EXPECT_EQ(fetch(zstd_packed(text)).catalogue.shows, plain);
    EXPECT_EQ(fetch(gzipped(text.substr(0, text.find("{\"id\":2000,"))) +
                    gzipped(text.substr(text.find("{\"id\":2000,"))))
                  .catalogue.shows,
              plain)
        << "two gzip members";
    const std::size_t half = text.find("{\"id\":3000,");
    EXPECT_EQ(fetch(zstd_packed(text.substr(0, half)) + zstd_packed(text.substr(half))).catalogue.shows,
              plain)
        << "two frames";
}

TEST(Fetch, of_a_cut_or_damaged_file_gives_its_good_records_and_says_so) {
    const std::string text = many_shows(5'000);
    for (const std::string& packed : {gzipped(text), zstd_packed(text)}) {
        const Ingest cut = fetch(packed.substr(0, packed.size() * 3 / 4));
        EXPECT_THAT(cut.report.cut_short, HasSubstr("ends too early"));
        std::string damaged = packed;
        damaged.replace(packed.size() / 2, 40, 40, '\xaa');
        EXPECT_THAT(fetch(damaged).report.cut_short, HasSubstr("damaged"));
    }
    const std::string packed = gzipped(text);
    EXPECT_GT(fetch(packed.substr(0, packed.size() * 3 / 4)).catalogue.shows.size(), 1'000u);
    const Ingest array = fetch(R"([{"id":1,"name":"a"},{"id":2,"na)");
    EXPECT_EQ(array.catalogue.shows.size(), 1u);
    EXPECT_EQ(array.report.cut_short, "it ends within record 2");
}

TEST(Fetch, of_an_array_without_its_closing_bracket_is_whole_but_warns) {
    const Ingest ingest = fetch(R"([{"id":1,"name":"a"},{"id":2,"name":"b"})");
    EXPECT_EQ(ingest.catalogue.shows.size(), 2u);
    EXPECT_EQ(ingest.report.cut_short, "");
    EXPECT_THAT(ingest.report.warnings, testing::Contains(HasSubstr("closing ]")));
}

TEST(Fetch, skips_bad_records_and_tells_where_and_why) {
    const Ingest ingest = fetch(
        "{\"id\":1,\"name\":\"good\"}\n{\"id\":2}\nnot "
        "json\n{\"id\":3,\"name\":\"\xff\"}\n\n{\"id\":4,\"name\":\"good\"}");
    EXPECT_EQ(ingest.catalogue.shows.size(), 2u);
    EXPECT_EQ(ingest.report.records, 5u);
    EXPECT_EQ(ingest.report.rejected, 3u);
    ASSERT_EQ(ingest.report.examples.size(), 3u);
    EXPECT_EQ(ingest.report.examples[0].position, "line 2");
    EXPECT_EQ(ingest.report.examples[0].reason, "no name");
    EXPECT_EQ(ingest.report.examples[2].position, "line 4");
    EXPECT_EQ(ingest.report.examples[2].reason, "invalid UTF-8");
}

TEST(Fetch, keeps_the_newer_of_two_records_of_a_show) {
    const Ingest ingest = fetch(R"([{"id":1,"name":"new","updated":20},{"id":1,"name":"old","updated":10}])");
    ASSERT_EQ(ingest.catalogue.shows.size(), 1u);
    EXPECT_EQ(ingest.catalogue.shows[0].name, "new");
    EXPECT_EQ(ingest.report.duplicates, 1u);
}

TEST(Fetch, reads_the_csv_that_fetch_writes) {
    const Ingest ingest = fetch(gzipped("id,name,genres\n7,Lost,\"[\"\"Drama\"\"]\"\n"));
    ASSERT_EQ(ingest.catalogue.shows.size(), 1u);
    EXPECT_EQ(ingest.catalogue.shows[0].name, "Lost");
}

TEST(Fetch, stops_after_as_many_shows_as_asked_for) {
    EXPECT_EQ(fetch(many_shows(100), {.max_shows = 10}).catalogue.shows.size(), 10u);
    EXPECT_THAT(fetch(many_shows(100), {.max_shows = 0}).catalogue.shows, IsEmpty());
}

TEST(Fetch, of_nothing_or_of_something_else_is_an_error) {
    EXPECT_THAT(message_of(""), HasSubstr("it is empty"));
    EXPECT_THAT(message_of(" \n\n"), HasSubstr("it is empty"));
    EXPECT_THAT(message_of("<!doctype html><p>hello"), HasSubstr("column id"));
    EXPECT_THAT(message_of(gzipped("x").substr(0, 5)), HasSubstr("ends too early"));
    EXPECT_THAT(fetch("[]").report.warnings, testing::Contains(HasSubstr("no shows")));
}

TEST(Fetch, of_a_file_that_cannot_be_opened_names_it) {
    const TestFolder folder;
    EXPECT_THROW((void)fetch_file(folder / "missing.json"), Error);
    try {
        (void)fetch_file(folder.path());
        FAIL();
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("it is a folder"));
    }
    std::ofstream(folder / "shows.json") << R"([{"id":1,"name":"a"}])";
    EXPECT_EQ(fetch_file(folder / "shows.json").catalogue.shows.size(), 1u);
}

}  // namespace
}  // namespace bingefriend
