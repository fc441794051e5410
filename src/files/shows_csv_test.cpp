#include "files/shows_csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

Ingest read_text(std::string text, std::size_t chunk = 7) {
    std::size_t at = 0;
    return read_shows_csv(
        [&](std::span<char> buffer) {
            const std::size_t n = std::min({buffer.size(), chunk, text.size() - at});
            std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), n, buffer.begin());
            at += n;
            return n;
        },
        "test.csv");
}

TEST(ShowsCsv, gives_back_the_catalogue_it_wrote_whatever_the_texts_hold) {
    Catalogue catalogue;
    Show plain;
    plain.id = ShowId{1};
    plain.name = "Plain";
    Show nasty{.id = ShowId{9'000'000'000},
               .name = " \"Quoted\", \r\n and 名探偵 \U0001F50E ",
               .genres = {"Drama", "Science-Fiction", "a \"genre\", with\nall"},
               .summary = "<p>One,\n\"two\"</p>\r three;",
               .summary_text = "One, \"two\" three;",
               .type = "Scripted",
               .language = "日本語",
               .status = "Running",
               .platform = "A&E, \"HBO\"",
               .web_channel = "Netflix, \"x\"",
               .premiered = "2008",
               .rating = 8.1,
               .updated = 1'700'000'000,
               .links = {.url = "https://a/b,c",
                         .image_medium = "https://a/m.jpg",
                         .image_original = "http://a/o.jpg",
                         .imdb = "tt0903747",
                         .thetvdb = 81'189,
                         .tvrage = 18'164}};
    catalogue.shows = {plain, nasty};
    const TestFolder folder;
    write_shows_csv(folder / "shows_metadata.csv", catalogue);
    const Ingest back = read_shows_csv(folder / "shows_metadata.csv");
    EXPECT_EQ(back.catalogue.shows, catalogue.shows);
    EXPECT_EQ(back.report.rejected, 0u);
    EXPECT_EQ(back.report.cut_short, "");
}

TEST(ShowsCsv, begins_with_the_documented_header) {
    const TestFolder folder;
    write_shows_csv(folder / "shows_metadata.csv", {});
    std::ifstream file(folder / "shows_metadata.csv");
    std::string header;
    std::getline(file, header);
    EXPECT_TRUE(
        header.starts_with("id,name,genres,summary,summary_clean,type,language,status,platform,rating_avg"))
        << header;
}

TEST(ShowsCsv, takes_columns_in_any_order_and_ignores_further_ones) {
    const Ingest read =
        read_text("\xef\xbb\xbfname,extra,id,genres\nFargo,x,32,\"[\"\"Crime\"\"]\"\r\nLost,,123,\n");
    ASSERT_EQ(read.catalogue.shows.size(), 2u);
    EXPECT_EQ(read.catalogue.shows[0].name, "Fargo");
    EXPECT_EQ(read.catalogue.shows[0].genres, std::vector<std::string>{"Crime"});
    EXPECT_TRUE(read.catalogue.shows[1].genres.empty());
}

TEST(ShowsCsv, skips_bad_rows_and_says_which_and_why) {
    const Ingest read = read_text(
        "id,name,genres,rating_avg\n1,Good,,\nx,No id,,\n2,,,\n3,Bad genres,Drama,\n4,Bad "
        "rating,,high\n"
        "5,Too few\n6,Off the scale,,11\n7,\xff,,\n8,Also good,[],7.5\n");
    ASSERT_EQ(read.catalogue.shows.size(), 2u);
    EXPECT_EQ(read.report.records, 9u);
    EXPECT_EQ(read.report.rejected, 7u);
    ASSERT_FALSE(read.report.examples.empty());
    EXPECT_EQ(read.report.examples[0].position, "row 2");
    EXPECT_EQ(read.report.examples[0].reason, "id: not an integer");
    EXPECT_EQ(read.report.rejected_by_reason.at("genres: not a list of texts"), 1u);
}

TEST(ShowsCsv, reads_a_quoted_header_behind_a_byte_order_mark) {
    for (const std::size_t chunk : {1u, 2u, 3u, 4u, 100u}) {
        EXPECT_EQ(read_text("\xef\xbb\xbf\"id\",\"name\"\r\n\"1\",\"A\"\r\n", chunk).catalogue.shows.size(),
                  1u);
    }
    EXPECT_THROW((void)read_text("\xef\xbb\xbf"), Error);
}

TEST(ShowsCsv, warns_once_of_columns_that_it_does_not_use) {
    const Ingest read = read_text("id,name,runtime,rating.average,x\n1,a,60,8.5,\n2,b,60,,\n");
    EXPECT_EQ(read.catalogue.shows[0].rating, 8.5);
    EXPECT_EQ(read.report.warnings, std::vector<std::string>{"columns that are not used: runtime, x"});
    std::string many = "id,name";
    for (int i = 0; i < 100; ++i) {
        many += "," + std::string(1'000, 'c');
    }
    const Ingest wide = read_text(many + "\n");
    EXPECT_LT(wide.report.warnings.at(0).size(), 500u);
    EXPECT_TRUE(wide.report.warnings.at(0).ends_with("and 92 more"));
}

std::string refusal_of(const std::string& text) {
    try {
        (void)read_text(text);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(ShowsCsv, names_the_separator_that_is_no_comma_within_quotes_too) {
    for (const char* const text :
         {"id;name\n1;A\n", "\"id\";\"name\"\n\"1\";\"A\"\n", "\xef\xbb\xbf\"id\";name\n"}) {
        EXPECT_NE(refusal_of(text).find("separated by semicolons"), std::string::npos) << text;
    }
    EXPECT_NE(refusal_of("\"id\"\t\"name\"\n").find("separated by tabs"), std::string::npos);
    EXPECT_NE(refusal_of("\"id\",\"na\"me;\"\n").find("a quote that does not belong"), std::string::npos);
    EXPECT_EQ(read_text(",id,name\n0,1,A\n").report.warnings,
              std::vector<std::string>{"columns that are not used: one without a name"});
}

TEST(ShowsCsv, reads_the_show_of_an_episode_and_no_episode) {
    const Ingest read = read_text(
        "id,name,season,number,_embedded.show.id,_embedded.show.name,_embedded.show.genres\n"
        "101,Pilot,1,1,7,Harbour,\"['Drama']\"\n102,Second,1,2,,,\n");
    ASSERT_EQ(read.catalogue.shows.size(), 1u);
    EXPECT_EQ(read.catalogue.shows[0].name, "Harbour");
    EXPECT_EQ(read.catalogue.shows[0].genres, std::vector<std::string>{"Drama"});
    EXPECT_EQ(read.report.rejected_by_reason.at("an episode, not a show"), 1u);
}

TEST(ShowsCsv, rejects_a_row_that_is_too_long_and_has_a_limit_of_columns) {
    const std::string half(ShowLimits::record_bytes / 2, 'x');
    const Ingest read = read_text("id,name,a,b,c\n1,a," + half + "," + half + ",x\n2,b,,,\n", 1 << 16);
    ASSERT_EQ(read.catalogue.shows.size(), 1u);
    EXPECT_EQ(read.report.rejected_by_reason.at("the record is too long"), 1u);
    EXPECT_THROW((void)read_text("id,name" + std::string(20'000, ',') + "\n", 1 << 16), Error);
    EXPECT_THROW((void)read_text(std::string(ShowLimits::record_bytes + 10, 'x'), 1 << 16), Error);
}

TEST(ShowsCsv, that_ends_within_a_quote_gives_what_it_had_and_says_so) {
    const Ingest read = read_text("id,name\n1,Good\n2,\"never closed\n3,Lost\n");
    EXPECT_EQ(read.catalogue.shows.size(), 1u);
    EXPECT_NE(read.report.cut_short, "");
}

TEST(ShowsCsv, without_its_columns_or_any_line_is_an_error) {
    EXPECT_THROW((void)read_text(""), Error);
    EXPECT_THROW((void)read_text("name\nFargo\n"), Error);
    EXPECT_THROW((void)read_shows_csv(std::filesystem::path("/nowhere/shows_metadata.csv")), Error);
}

TEST(ShowsCsv, stops_after_as_many_shows_as_asked_for) {
    std::string text = "id,name\n1,a\n2,b\n3,c\n";
    bool given = false;
    const Ingest read = read_shows_csv(
        [&](std::span<char> buffer) {
            return std::exchange(given, true) ? 0 : text.copy(buffer.data(), buffer.size());
        },
        "test.csv", 2);
    EXPECT_EQ(read.catalogue.shows.size(), 2u);
}

}  // namespace
}  // namespace bingefriend
