#include "fetch/show_json.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <string>

namespace bingefriend {
namespace {

std::variant<NormalisedShow, Unreadable> read(std::string json) {
    json.reserve(json.size() + simdjson::SIMDJSON_PADDING);
    return ShowJsonReader().read(json, json.capacity());
}

Show show(const std::string& json) {
    auto result = read(json);
    if (const auto* bad = std::get_if<Unreadable>(&result)) {
        ADD_FAILURE() << bad->reason << " in " << json;
        return {};
    }
    return std::get<NormalisedShow>(result).show;
}

std::string reason(const std::string& json) {
    const auto result = read(json);
    const auto* bad = std::get_if<Unreadable>(&result);
    return bad == nullptr ? "read" : bad->reason;
}

TEST(ShowJson, reads_a_show_as_tvmaze_serves_it) {
    const Show s =
        show(R"({"id":169,"url":"https://x","name":"Breaking Bad","type":"Scripted","language":"English",
        "genres":["Drama","Crime"],"status":"Ended","premiered":"2008-01-20","schedule":{"days":["Sunday"]},
        "rating":{"average":9.2},"weight":98,"network":{"id":20,"name":"AMC","country":{"code":"US"}},
        "webChannel":null,"externals":{"tvrage":18164,"thetvdb":81189,"imdb":"tt0903747"},
        "image":{"medium":"https://x/m.jpg","original":"https://x/o.jpg"},"summary":"<p>A \u0026 B</p>","updated":1704794065,
        "_links":{"self":{"href":"y"}}})");
    EXPECT_EQ(s, (Show{.id = ShowId{169},
                       .name = "Breaking Bad",
                       .genres = {"Drama", "Crime"},
                       .summary = "<p>A & B</p>",
                       .type = "Scripted",
                       .language = "English",
                       .status = "Ended",
                       .platform = "AMC",
                       .premiered = "2008-01-20",
                       .rating = 9.2,
                       .updated = 1704794065,
                       .links = {.url = "https://x",
                                 .image_medium = "https://x/m.jpg",
                                 .image_original = "https://x/o.jpg",
                                 .imdb = "tt0903747",
                                 .thetvdb = 81189,
                                 .tvrage = 18164}}));
}

TEST(ShowJson, needs_no_more_than_an_id_and_a_name) {
    EXPECT_EQ(show(R"({"id":1,"name":"x"})"), (Show{.id = ShowId{1}, .name = "x"}));
    EXPECT_EQ(
        show(R"({"id":1,"name":"x","genres":null,"summary":null,"type":null,"language":null,"status":null,
        "premiered":null,"rating":null,"network":null,"webChannel":null,"updated":null})"),
        (Show{.id = ShowId{1}, .name = "x"}));
    EXPECT_EQ(show(R"({"id":1,"name":"x","rating":{"average":null},"network":{"name":null}})"),
              (Show{.id = ShowId{1}, .name = "x"}));
}

TEST(ShowJson, takes_the_network_before_the_web_channel_in_each_spelling) {
    EXPECT_EQ(
        show(R"({"id":1,"name":"x","webChannel":{"name":"Netflix"},"network":{"name":"NBC"}})").platform,
        "NBC");
    EXPECT_EQ(show(R"({"id":1,"name":"x","webChannel":{"name":"Netflix"},"network":null})").platform,
              "Netflix");
    EXPECT_EQ(show(R"({"id":1,"name":"x","webchannel":{"name":"Netflix"},"network":{"name":""}})").platform,
              "Netflix");
    EXPECT_EQ(show(R"({"id":1,"name":"x","webchannel":"Hulu"})").platform, "Hulu");
}

TEST(ShowJson, keeps_the_web_channel_beside_the_network) {
    EXPECT_EQ(
        show(R"({"id":1,"name":"x","webChannel":{"name":"Netflix"},"network":{"name":"NBC"}})").web_channel,
        "Netflix");
}

TEST(ShowJson, counts_links_that_cannot_be_used_as_none) {
    EXPECT_EQ(show(R"j({"id":1,"name":"x","url":"javascript:alert(1)","image":"https://x/ \" onload=y",)j"
                   R"("externals":{"imdb":7.5,"thetvdb":"many","tvrage":-1}})"),
              (Show{.id = ShowId{1}, .name = "x"}));
    EXPECT_EQ(show(R"({"id":1,"name":"x","url":5,"image":[1,{"medium":2}],"externals":[[]]})"),
              (Show{.id = ShowId{1}, .name = "x"}));
    EXPECT_EQ(show(R"({"id":1,"name":"x","url":null,"image":null,"externals":null})"),
              (Show{.id = ShowId{1}, .name = "x"}));
    EXPECT_EQ(
        show(R"({"id":1,"name":"x","image":{"medium":{},"original":"http://x/o"},"externals":{"a":{}}})")
            .links.image_original,
        "http://x/o");
}

TEST(ShowJson, takes_numbers_as_integers_or_floats) {
    EXPECT_EQ(show(R"({"id":7.0,"name":"x","rating":{"average":8}})").rating, 8.0);
    EXPECT_EQ(show(R"({"id":7.0,"name":"x"})").id, ShowId{7});
    EXPECT_EQ(show(R"({"id":2147483648000,"name":"x","rating":8.5})").id, ShowId{2147483648000});
    EXPECT_EQ(reason(R"({"id":7.5,"name":"x"})"), "id: not an integer");
    EXPECT_EQ(reason(R"({"id":99999999999999999999,"name":"x"})"), "id: not an integer");
}

TEST(ShowJson, drops_empty_and_repeated_genres) {
    EXPECT_EQ(show(R"({"id":1,"name":"x","genres":["Drama",null,"","Drama","Crime"]})").genres,
              (std::vector<std::string>{"Drama", "Crime"}));
}

TEST(ShowJson, finds_the_show_of_an_episode) {
    EXPECT_EQ(
        show(
            R"({"id":99,"name":"Pilot","season":1,"rating":"odd","_embedded":{"show":{"id":5,"name":"True Detective"}}})")
            .id,
        ShowId{5});
    EXPECT_EQ(show(R"({"id":99,"name":"Pilot","show":{"id":6,"name":"Lost"}})").name, "Lost");
    EXPECT_EQ(show(R"({"id":99,"name":"A \"show\" of a show","show":null})").id, ShowId{99});
}

TEST(ShowJson, says_in_few_words_why_a_record_cannot_be_a_show) {
    EXPECT_EQ(reason(R"({"name":"x"})"), "no id");
    EXPECT_EQ(reason(R"({"id":null,"name":"x"})"), "no id");
    EXPECT_EQ(reason(R"({"id":0,"name":"x"})"), "id: not a positive integer");
    EXPECT_EQ(reason(R"({"id":true,"name":"x"})"), "id: not an integer");
    EXPECT_EQ(reason(R"({"id":"one","name":"x"})"), "id: not an integer");
    EXPECT_EQ(reason(R"({"id":1})"), "no name");
    EXPECT_EQ(reason(R"({"id":1,"name":" "})"), "no name");
    EXPECT_EQ(reason(R"({"id":1,"name":["x"]})"), "name: not a text");
    EXPECT_EQ(reason(R"({"id":1,"name":"x","genres":"Drama"})"), "genres: not a list of texts");
    EXPECT_EQ(reason(R"({"id":1,"name":"x","genres":{"a":1}})"), "genres: not a list of texts");
    EXPECT_EQ(reason(R"({"id":1,"name":"x","genres":[5]})"), "genres: not a list of texts");
    EXPECT_EQ(reason(R"({"id":1,"name":"x","summary":{}})"), "summary: not a text");
    EXPECT_EQ(reason(R"({"id":1,"name":"x","rating":"high"})"), "rating: not a number");
    EXPECT_EQ(reason(R"({"id":1,"name":"x","rating":hello})").substr(0, 12), "invalid JSON");
    EXPECT_EQ(reason(R"({"id":1,"name":"x","rating":{"average":11}})"), "rating: not in 0 to 10");
    EXPECT_EQ(reason(R"([1,2])"), "not an object");
    EXPECT_EQ(reason(R"(17)"), "not an object");
    EXPECT_EQ(reason(R"({"id":1,"name":"x"}{"id":2,"name":"y"})"), "invalid JSON: more than one value");
    EXPECT_EQ(reason("{\"id\":1,\"name\":\"\xff\"}"), "invalid UTF-8");
    EXPECT_EQ(reason("{\"id\":1,\"name\":\"" + std::string(2'000, 'x') + "\"}"), "name: too long");
}

TEST(ShowJson, rejects_broken_json_without_falling_over) {
    const std::string good = R"({"id":1,"name":"x\u00e9","genres":["Drama"],"rating":{"average":8.5}})";
    for (std::size_t length = 1; length < good.size(); ++length) {
        EXPECT_NE(reason(good.substr(0, length)), "read") << good.substr(0, length);
    }
    EXPECT_NE(reason(R"({"id":1,"name":"\ud800"})"), "read") << "half of a surrogate pair";
    EXPECT_NE(reason(R"({"id":1,"name":"\q"})"), "read");
    std::string deep = R"({"id":1,"name":"x","extra":)";
    deep += std::string(100'000, '[') + std::string(100'000, ']') + '}';
    (void)reason(deep);  // either way, but no crash
}

TEST(ShowJson, looks_no_further_in_a_record_that_breaks_before_the_show_of_an_episode) {
    EXPECT_EQ(reason(R"({"id":1,"network":{"show"})").substr(0, 12), "invalid JSON");
    EXPECT_EQ(reason(R"({"id":1,"name":"x","network":{"id":1"name":"y"}})").substr(0, 12), "invalid JSON");
    EXPECT_EQ(reason(R"({"i":"show":{}})").substr(0, 12), "invalid JSON");
    EXPECT_EQ(reason(R"({")" + std::string(1'000, 'k') + R"(":1,"_embedded":{"show":t}})"), "no id");
    EXPECT_EQ(show(R"({"_embedded":{"show":null},"show":{"id":6,"name":"Lost"}})").id, ShowId{6});
    EXPECT_EQ(show(R"({"_embedded":[],"show":{"id":6,"name":"Lost"}})").id, ShowId{6});
}

TEST(ShowJson, takes_numbers_and_lists_that_are_written_as_text_and_names_that_are_numbers) {
    EXPECT_EQ(show(R"({"id":"1","name":24,"genres":"['Drama', 'Crime']","rating":"9"})"),
              (Show{.id = ShowId{1}, .name = "24", .genres = {"Drama", "Crime"}, .rating = 9}));
    EXPECT_EQ(show(R"({"id":1,"name":"x","externals":{"thetvdb":81189.0}})").links.thetvdb, 81189);
    EXPECT_EQ(show(R"({"id":1,"name":"x","rating.average":8.5,"network.name":"AMC"})"),
              (Show{.id = ShowId{1}, .name = "x", .platform = "AMC", .rating = 8.5}));
}

TEST(ShowJson, takes_the_nan_of_python_for_a_missing_value) {
    EXPECT_EQ(
        show(R"({"id":1,"name":"x","rating":{"average":NaN},"network":NaN,"genres":NaN,"runtime":NaN})"),
        (Show{.id = ShowId{1}, .name = "x"}));
    EXPECT_EQ(show(R"({"id":1,"name":"x","genres":["Drama", NaN ]})").genres,
              std::vector<std::string>{"Drama"});
    EXPECT_EQ(reason(R"({"id":NaN,"name":"x"})"), "no id");
}

TEST(ShowJson, knows_an_episode_and_a_search_result) {
    EXPECT_EQ(reason(R"({"id":1,"name":"Pilot","season":1,"number":1})"), "an episode, not a show");
    EXPECT_EQ(reason(R"({"id":1,"name":"Special","season":1,"number":null,"airdate":"2001-01-01"})"),
              "an episode, not a show");
    EXPECT_EQ(reason(R"({"id":1,"name":"x","season":1,"number":1,"_embedded":{"show":null}})"),
              "an episode, not a show");
    EXPECT_EQ(show(R"({"score":0.9,"show":{"id":6,"name":"Lost"}})").id, ShowId{6});
}

TEST(ShowJson, turns_a_nul_into_a_space) {
    EXPECT_EQ(show(R"({"id":1,"name":"a\u0000b"})").name, "a b");
}

}  // namespace
}  // namespace bingefriend
