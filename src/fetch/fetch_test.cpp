#include "fetch/fetch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/test_folder.hpp"
#include "fetch/test_packing.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

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
    EXPECT_EQ(fetch(gzip_compressed(text)).catalogue.shows, plain);
    EXPECT_EQ(fetch(zstd_compressed(text)).catalogue.shows, plain);
    EXPECT_EQ(fetch(gzip_compressed(text.substr(0, text.find("{\"id\":2000,"))) +
                    gzip_compressed(text.substr(text.find("{\"id\":2000,"))))
                  .catalogue.shows,
              plain)
        << "two gzip members";
    const std::size_t half = text.find("{\"id\":3000,");
    EXPECT_EQ(
        fetch(zstd_compressed(text.substr(0, half)) + zstd_compressed(text.substr(half))).catalogue.shows,
        plain)
        << "two frames";
}

TEST(Fetch, of_a_cut_or_damaged_file_gives_its_good_records_and_says_so) {
    const std::string text = many_shows(5'000);
    for (const std::string& packed : {gzip_compressed(text), zstd_compressed(text)}) {
        const Ingest cut = fetch(packed.substr(0, packed.size() * 3 / 4));
        EXPECT_THAT(cut.report.cut_short, HasSubstr("ends too early"));
        std::string damaged = packed;
        damaged.replace(packed.size() / 2, 40, 40, '\xaa');
        EXPECT_THAT(fetch(damaged).report.cut_short, HasSubstr("damaged"));
    }
    const std::string packed = gzip_compressed(text);
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
    const Ingest ingest = fetch(gzip_compressed("id,name,genres\n7,Lost,\"[\"\"Drama\"\"]\"\n"));
    ASSERT_EQ(ingest.catalogue.shows.size(), 1u);
    EXPECT_EQ(ingest.catalogue.shows[0].name, "Lost");
}

TEST(Fetch, stops_after_as_many_shows_as_asked_for) {
    EXPECT_EQ(fetch(many_shows(100), {.max_shows = 10}).catalogue.shows.size(), 10u);
    EXPECT_THAT(fetch(many_shows(100), {.max_shows = 0}).catalogue.shows, IsEmpty());
}

TEST(Fetch, of_nothing_or_of_something_else_is_an_error) {
    EXPECT_THAT(message_of(""), HasSubstr("it is empty"));
    EXPECT_THAT(message_of(" \n\n"), HasSubstr("it is empty but for blanks"));
    EXPECT_THAT(message_of(std::string(3 << 20, ' ') + "[]"), HasSubstr("more than 1 MiB of blanks"));
    EXPECT_THAT(message_of(gzip_compressed("x").substr(0, 5)), HasSubstr("ends too early"));
    EXPECT_THAT(fetch("[]").report.warnings, testing::Contains(HasSubstr("no shows")));
}

TEST(Fetch, names_what_a_file_is_that_it_cannot_read_and_the_remedy) {
    const std::string utf16("[\0{\0\"\0i\0d\0\"\0:\0001\0}\0]\0", 20);
    std::string big_endian = utf16;
    for (std::size_t i = 0; i + 1 < big_endian.size(); i += 2) {
        std::swap(big_endian[i], big_endian[i + 1]);
    }
    std::string tar(600, '\0');
    tar.replace(0, 9, "shows.csv");
    tar.replace(257, 5, "ustar");
    const std::pair<std::string, const char*> files[] = {
        {"\xff\xfe" + utf16, "UTF-16: convert it with `iconv"},
        {"\xfe\xff" + big_endian, "UTF-16: convert it with `iconv"},
        {utf16, "iconv -f UTF-16LE -t UTF-8"},
        {big_endian, "iconv -f UTF-16BE -t UTF-8"},
        {"BZh91AY&SY", "compressed with bzip2: decompress it with `bunzip2`"},
        {std::string("\xfd"
                     "7zXZ\0\0",
                     7),
         "compressed with xz: decompress it with `unxz`"},
        {"PK\x03\x04 and more", "a ZIP archive"},
        {"7z\xbc\xaf\x27\x1c and more", "a 7z archive"},
        {tar, "a tar archive"},
        {gzip_compressed(tar), "a tar archive"},
        {gzip_compressed(gzip_compressed("{}")), "compressed twice"},
        {"<!doctype html><p>hello", "an HTML or XML page"},
        {"\n <html>", "an HTML or XML page"},
        {"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "run `git lfs pull`"},
        {std::string("id,\0name\n1,a", 12), "a binary file"},
        {std::string(10'000, '\0'), "a binary file"},
        {"id;name\n1;a\n", "separated by semicolons"},
        {"id\tname\n1\ta\n", "separated by tabs"},
        {"i\"d,name\n1,a\n", "its header has a quote"},
        {"word\n1\n", "no column id: it has word"}};
    for (const auto& [bytes, message] : files) {
        EXPECT_THAT(message_of(bytes), HasSubstr(message));
        EXPECT_THAT(message_of(bytes), HasSubstr("cannot read the catalogue: test: "));
        EXPECT_EQ(message_of(bytes).find('\n'), std::string::npos);
    }
}

TEST(Fetch, takes_a_zero_in_a_field_of_a_table_for_a_blank) {
    const Ingest ingest = fetch(std::string("id,name\n1,a\0b\n", 14));
    ASSERT_EQ(ingest.catalogue.shows.size(), 1u);
    EXPECT_EQ(ingest.catalogue.shows[0].name, "a b");
}

TEST(Fetch, tells_why_there_is_no_show) {
    EXPECT_EQ(fetch("[]").report.why_empty(), "it holds no records");
    EXPECT_EQ(fetch(R"({"error":"slow down"})").report.why_empty(),
              "its only record was rejected: no id (line 1)");
    EXPECT_EQ(fetch(R"({"a":[{"id":1,"name":"x"}],"b":[{"id":2,"name":"y"}]})").report.why_empty(),
              "its only record was rejected: an object with several lists: call the one of the shows `shows` "
              "(line 1)");
    EXPECT_EQ(fetch("id,name\nx,a\ny,b\n1,\n").report.why_empty(),
              "its 3 records were rejected, most for: id: not an integer (row 1)");
    EXPECT_THAT(fetch("id,name\n1,a\"b\n").report.why_empty(), HasSubstr("row 1 has a quote"));
}

TEST(Fetch, reads_shows_however_they_are_put_together) {
    const std::string a = R"({"id":1,"name":"a"})";
    const std::string b = R"({"id":2,"name":"b","genres":["Drama"]})";
    const std::string c = R"({"id":3,"name":"c"})";
    const std::string ab = "[" + a + "," + b + "]";
    for (const std::string& text :
         {ab + "\n[" + c + "]", "[" + ab + ",[" + c + "]]", a + b + c,
          "{\"shows\":[" + a + "," + b + "," + c + "]}",
          "{\"status\":\"ok\",\"data\":[" + a + "," + b + "," + c + "],\"tags\":[\"x\"]}",
          "{\n \"data\": {\n \"items\": [" + a + ",\n" + b + "," + c + "]}}\n",
          "{\"shows\":" + ab + "}\n{\"shows\":[" + c + "]}\n",
          "{\"shows\":" + ab + ",\"offset\":0}{\"shows\":[" + c + "],\"offset\":2}",
          "[{\"score\":1,\"show\":" + a + "},{\"score\":1,\"show\":" + b + "},{\"score\":1,\"show\":" + c +
              "}]",
          "\xef\xbb\xbf" + a + "\n" + b + "\r\n\r\n" + c}) {
        const Ingest ingest = fetch(text);
        EXPECT_EQ(ingest.catalogue.shows.size(), 3u) << text;
        EXPECT_EQ(ingest.report.rejected, 0u) << text;
    }
    EXPECT_EQ(fetch(R"({"shows":[]})").report.rejected, 0u);
    const Ingest bad = fetch(R"({"shows":[{"id":1,"name":"a"},{"id":2}]})");
    EXPECT_EQ(bad.report.examples.at(0).position, "line 1, record 2");
}

TEST(Fetch, takes_no_list_within_a_show_for_the_list_of_shows) {
    const Ingest ingest = fetch(R"({"id":1,"name":"a","cast":[{"id":7,"name":"Actor"}]})"
                                "\n"
                                R"({"name":"no id","cast":[{"id":8,"name":"Actor"}]})"
                                "\n"
                                R"({"cast":[{"id":9,"name":"Actor"}],"crew":[{"id":10,"name":"Director"}]})");
    ASSERT_EQ(ingest.catalogue.shows.size(), 1u);
    EXPECT_EQ(ingest.report.rejected, 2u);
}

TEST(Fetch, cuts_long_summaries_with_one_warning) {
    const std::string summary(100'000, 'a');
    const Ingest ingest = fetch(R"([{"id":1,"name":"a","summary":")" + summary +
                                R"("},{"id":2,"name":"b","summary":")" + summary + R"("}])");
    ASSERT_EQ(ingest.catalogue.shows.size(), 2u);
    EXPECT_EQ(ingest.catalogue.shows[0].summary.size(), std::size_t{ShowLimits::summary_bytes});
    EXPECT_THAT(ingest.report.warnings, testing::ElementsAre("2 summaries above 64 KiB were cut"));
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
