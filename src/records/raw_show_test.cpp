#include "records/raw_show.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace bingefriend {
namespace {

using testing::ElementsAre;

using Texts = std::vector<std::pair<std::string, std::string>>;

std::variant<NormalisedShow, Unreadable> read(const Texts& texts) {
    RawShow raw;
    for (const auto& [name, text] : texts) {
        raw.set(show_path(name), text);
    }
    return raw.normalised();
}

Show show_with(Texts more) {
    Texts texts{{"id", "1"}, {"name", "x"}};
    texts.insert(texts.end(), more.begin(), more.end());
    auto result = read(texts);
    if (const auto* bad = std::get_if<Unreadable>(&result)) {
        ADD_FAILURE() << bad->reason;
        return {};
    }
    return std::get<NormalisedShow>(result).show;
}

std::string reason_of(const Texts& texts) {
    const auto result = read(texts);
    const auto* bad = std::get_if<Unreadable>(&result);
    return bad == nullptr ? "read" : bad->reason;
}

TEST(RawShow, knows_the_names_of_json_of_tables_and_of_its_own_file) {
    const Show expected = show_with({{"rating", "8.1"},
                                     {"network", "AMC"},
                                     {"webChannel", "Hulu"},
                                     {"image", "https://a/m.jpg"},
                                     {"externals.imdb", "tt1"},
                                     {"externals.thetvdb", "5"}});
    EXPECT_EQ(show_with({{"rating.average", "8.1"},
                         {"network.name", "AMC"},
                         {"webChannel.name", "Hulu"},
                         {"image.medium", "https://a/m.jpg"},
                         {"imdb", "tt1"},
                         {"thetvdb", "5"}}),
              expected);
    EXPECT_EQ(show_with({{"rating_avg", "8.1"},
                         {"platform", "AMC"},
                         {"web_channel", "Hulu"},
                         {"image_medium", "https://a/m.jpg"},
                         {"externals_imdb", "tt1"},
                         {"externals_thetvdb", "5.0"}}),
              expected);
    EXPECT_EQ(show_with({{"rating", "{'average': 8.1}"},
                         {"network", "{'id': 20, 'name': 'AMC'}"},
                         {"webChannel", "{\"name\": \"Hulu\"}"},
                         {"image", "{'medium': 'https://a/m.jpg', 'original': None}"},
                         {"externals", "{'tvrage': None, 'thetvdb': 5, 'imdb': 'tt1'}"}}),
              expected);
    for (const char* unknown : {"", "rating.", "network.id", "_embedded.cast", "show.show.id", "runtime"}) {
        EXPECT_FALSE(show_path(unknown).is_known()) << unknown;
    }
}

TEST(RawShow, takes_what_programs_write_for_nothing_as_none) {
    for (const char* nothing : {"", " ", "nan", "NaN", "None", "N/A", "null", " <NA> ", "\xc2\xa0"}) {
        EXPECT_EQ(show_with({{"genres", nothing},
                             {"summary", nothing},
                             {"type", nothing},
                             {"language", nothing},
                             {"network", nothing},
                             {"premiered", nothing},
                             {"rating", nothing},
                             {"updated", nothing},
                             {"url", nothing},
                             {"imdb", nothing},
                             {"thetvdb", nothing}}),
                  (Show{.id = ShowId{1}, .name = "x"}))
            << nothing;
        EXPECT_EQ(reason_of({{"id", nothing}, {"name", "x"}}), "no id");
    }
    EXPECT_EQ(show_with({{"name", "None"}}).name, "None") << "a show may be called so";
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "\xc2\xa0 "}}), "no name");
}

TEST(RawShow, drops_genres_that_are_empty_blank_missing_or_there_already) {
    EXPECT_THAT(show_with({{"genres", R"(["", " ", "Drama ", "Drama", null, "nan", " Crime"])"}}).genres,
                ElementsAre("Drama", "Crime"));
    EXPECT_THAT(show_with({{"genres", "['Drama', 'It\\'s', None]"}}).genres, ElementsAre("Drama", "It's"));
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "x"}, {"genres", "Drama"}}), "genres: not a list of texts");
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "x"}, {"genres", "[5]"}}), "genres: not a list of texts");
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "x"}, {"genres", "{'a': 1}"}}), "genres: not a list of texts");
}

TEST(RawShow, with_more_genres_than_a_show_can_have_is_rejected) {
    for (const std::size_t n :
         {std::size_t{ShowLimits::genres}, ShowLimits::genres + 1, std::size_t{20'000}}) {
        RawShow raw;
        raw.set(show_path("id"), "1");
        raw.set(show_path("name"), "x");
        std::string list = "[";
        for (std::size_t i = 0; i < n; ++i) {
            raw.add_genre(show_path("genres"), "Drama");
            list += "'" + std::to_string(i) + "',";
        }
        const auto result = raw.normalised();
        EXPECT_EQ(std::holds_alternative<NormalisedShow>(result), n <= ShowLimits::genres);
        EXPECT_EQ(reason_of({{"id", "1"}, {"name", "x"}, {"genres", list + "]"}}),
                  n <= ShowLimits::genres ? "read" : "genres: too many");
    }
}

TEST(RawShow, takes_numbers_with_a_decimal_point_and_between_blanks) {
    const Show s = show_with({{"id", " 7.0 "}, {"updated", "1e3"}, {"thetvdb", "81189.0"}, {"tvrage", "-1"}});
    EXPECT_EQ(s.id, ShowId{7});
    EXPECT_EQ(s.updated, 1'000);
    EXPECT_EQ(s.links.thetvdb, 81'189);
    EXPECT_EQ(s.links.tvrage, 0);
    for (const char* id : {"7.5", "x", "1 2", "99999999999999999999", "inf", "0x10", "tt1"}) {
        EXPECT_EQ(reason_of({{"id", id}, {"name", "x"}}), "id: not an integer") << id;
    }
    EXPECT_EQ(reason_of({{"id", "-1"}, {"name", "x"}}), "id: not a positive integer");
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "x"}, {"rating", "high"}}), "rating: not a number");
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "x"}, {"rating", "inf"}}), "rating: not in 0 to 10");
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "x"}, {"updated", "today"}}), "updated: not an integer");
}

TEST(RawShow, counts_links_and_ids_of_others_that_cannot_be_used_as_none) {
    EXPECT_EQ(show_with({{"url", "www.example.org/x"},
                         {"image", "http://"},
                         {"image_original", "https://a@b:99999/"},
                         {"imdb", std::string(40, 'x')},
                         {"thetvdb", "many"}}),
              (Show{.id = ShowId{1}, .name = "x"}));
    EXPECT_EQ(show_with({{"imdb", "8.1"}}).links.imdb, "");
    EXPECT_EQ(show_with({{"url", " https://a/ "}}).links.url, "https://a/");
}

TEST(RawShow, turns_nul_into_a_space) {
    EXPECT_EQ(show_with({{"name", std::string("a\0b", 3)}}).name, "a b");
    EXPECT_EQ(show_with({{"summary", std::string("a\0b", 3)}}).summary, "a b");
    EXPECT_EQ(show_with({{"type", std::string("\0a\0b\0", 5)}}).type, "a b");
}

TEST(RawShow, cuts_a_summary_that_is_too_long_and_rejects_other_texts) {
    const auto read_summary = [](std::size_t bytes) {
        return std::get<NormalisedShow>(
            read({{"id", "1"}, {"name", "x"}, {"summary", std::string(bytes, 'a')}}));
    };
    EXPECT_FALSE(read_summary(ShowLimits::summary_bytes).summary_was_cut);
    EXPECT_TRUE(read_summary(ShowLimits::summary_bytes + 1).summary_was_cut);
    EXPECT_EQ(read_summary(1u << 20).show.summary.size(), std::size_t{ShowLimits::summary_bytes});
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "x"}, {"type", std::string(1'001, 'x')}}), "type: too long");
}

TEST(RawShow, of_an_episode_is_the_show_within_or_none) {
    const Texts episode{{"id", "101"}, {"name", "Pilot"}, {"season", "1"}, {"number", "1"}};
    EXPECT_EQ(reason_of(episode), "an episode, not a show");
    EXPECT_EQ(reason_of({{"id", "101"}, {"name", "Pilot"}, {"season", "1.0"}, {"number", ""}}),
              "an episode, not a show");
    EXPECT_EQ(reason_of({{"id", "101"}, {"name", "Pilot"}, {"url", "https://www.tvmaze.com/episodes/101/x"}}),
              "an episode, not a show");
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "Season 1"}, {"url", "https://www.tvmaze.com/seasons/1/x"}}),
              "a season, not a show");
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "x"}, {"season", "spring"}, {"number", "1"}}), "read");
    EXPECT_EQ(reason_of({{"id", "1"}, {"name", "x"}, {"season", "1"}}), "read");
    for (const char* place : {"_embedded.show.", "show."}) {
        Texts with_show = episode;
        with_show.emplace_back(std::string(place) + "id", "7");
        with_show.emplace_back(std::string(place) + "name", "Harbour");
        with_show.emplace_back(std::string(place) + "genres", "['Drama']");
        const auto result = std::get<NormalisedShow>(read(with_show)).show;
        EXPECT_EQ(result, (Show{.id = ShowId{7}, .name = "Harbour", .genres = {"Drama"}}));
    }
    Texts as_text = episode;
    as_text.emplace_back("_embedded", "{'show': {'id': 7, 'name': 'Harbour', 'network': {'name': 'NBC'}}}");
    EXPECT_EQ(std::get<NormalisedShow>(read(as_text)).show.platform, "NBC");
}

}  // namespace
}  // namespace bingefriend
