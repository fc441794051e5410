#include "fetch/record_splitter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "domain/show.hpp"

namespace bingefriend {
namespace {

using End = RecordSplitter::End;
using testing::ElementsAre;
using testing::IsEmpty;

ByteSource in_chunks(std::string text, std::size_t chunk) {
    return [text = std::move(text), chunk, at = std::size_t{0}](std::span<char> buffer) mutable {
        const std::size_t n = text.copy(buffer.data(), std::min(chunk, buffer.size()), at);
        at += n;
        return n;
    };
}

struct Split {
    std::vector<std::string> records;
    std::vector<std::string> positions;
    std::size_t too_long = 0;
    End end = End::whole;
};

// Whether the text is one JSON value.
bool simdjson_accepts(std::string_view text) {
    simdjson::dom::parser parser;
    return parser.parse(simdjson::padded_string(text)).error() == simdjson::SUCCESS;
}

Split split(const std::string& text, std::size_t chunk) {
    RecordSplitter splitter(in_chunks(text, chunk));
    Split result;
    while (const auto record = splitter.next()) {
        if (record->is_guess && !simdjson_accepts(record->json)) {
            splitter.read_again();
            continue;
        }
        result.records.emplace_back(record->json);
        result.positions.push_back(record->position);
        result.too_long += record->too_long ? 1 : 0;
    }
    result.end = splitter.end();
    EXPECT_FALSE(splitter.next()) << "the end stays the end";
    return result;
}

class Chunks : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(OfBytes, Chunks, testing::Values(1, 2, 3, 7, 1 << 20));

TEST_P(Chunks, ndjson_is_split_into_its_lines) {
    const Split s = split("\xef\xbb\xbf{\"a\":1}\r\n\n  \n2\n{\"b\":\"}\"}", GetParam());
    EXPECT_THAT(s.records, ElementsAre("{\"a\":1}", "2", "{\"b\":\"}\"}"));
    EXPECT_THAT(s.positions, ElementsAre("line 1", "line 4", "line 5"));
}

TEST_P(Chunks, an_array_is_split_into_its_elements) {
    const Split s =
        split(" [ {\"a\":\"]\\\"}\\\\\"} ,\n{\"b\":{\"c\":[1,{}]}},5, \"x,y\" ,[6,[7]] ] \n", GetParam());
    EXPECT_THAT(s.records,
                ElementsAre("{\"a\":\"]\\\"}\\\\\"}", "{\"b\":{\"c\":[1,{}]}}", "5", "\"x,y\"", "6", "7"));
    EXPECT_THAT(s.positions,
                ElementsAre("record 1", "record 2", "record 3", "record 4", "record 5", "record 6"));
    EXPECT_EQ(s.end, End::whole);
}

TEST_P(Chunks, arrays_one_after_the_other_are_all_read) {
    for (const char* text :
         {"[{\"a\":1},{\"b\":2}]\n[{\"c\":3}]", "[{\"a\":1},{\"b\":2}][{\"c\":3}]",
          "[{\"a\":1},{\"b\":2}],\n[],\n[{\"c\":3}]\n", "[[{\"a\":1},{\"b\":2}],[{\"c\":3}]]",
          "\xef\xbb\xbf[{\"a\":1},{\"b\":2}]\n\xef\xbb\xbf[{\"c\":3}]",
          "{\"a\":1}\n[{\"b\":2}]\n{\"c\":3}"}) {
        const Split s = split(text, GetParam());
        EXPECT_THAT(s.records, ElementsAre("{\"a\":1}", "{\"b\":2}", "{\"c\":3}")) << text;
        EXPECT_EQ(s.end, End::whole) << text;
    }
}

TEST_P(Chunks, objects_that_share_lines_or_span_them_are_all_read) {
    const std::string wide = "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": [\n      2\n    ]\n  }\n}";
    const Split s = split(wide + "\n{\"d\":1}{\"e\":2} {\"f\":3},\n" + wide, GetParam());
    EXPECT_THAT(s.records, ElementsAre(wide, "{\"d\":1}", "{\"e\":2}", "{\"f\":3}", wide));
    EXPECT_THAT(s.positions, ElementsAre("line 1", "line 9", "line 9", "line 9", "line 10"));
}

TEST_P(Chunks, a_broken_line_spoils_no_other) {
    const Split s = split("{\"a\":\"1}\n{\"b\":2\n{\"c\":3}\nword {\n{\"d\":4}\n{\"e\":\n", GetParam());
    EXPECT_THAT(s.records,
                ElementsAre("{\"a\":\"1}", "{\"b\":2\n", "{\"c\":3}", "word {", "{\"d\":4}", "{\"e\":\n"));
    EXPECT_EQ(s.end, End::whole);
}

TEST_P(Chunks, an_array_without_its_closing_bracket_gives_all_its_records) {
    const Split s = split("[{\"a\":1},{\"b\":2}\n", GetParam());
    EXPECT_EQ(s.records.size(), 2u);
    EXPECT_EQ(s.end, End::array_not_closed);
}

TEST_P(Chunks, an_array_that_ends_within_a_record_says_so) {
    const Split s = split("[{\"a\":1},{\"b\":", GetParam());
    EXPECT_THAT(s.records, ElementsAre("{\"a\":1}"));
    EXPECT_EQ(s.end, End::within_record);
}

TEST_P(Chunks, a_brace_that_closes_nothing_is_a_record_of_its_own) {
    const Split s = split("[{\"a\":1}},{\"b\":2}, 5}]", GetParam());
    EXPECT_THAT(s.records, ElementsAre("{\"a\":1}", "}", "{\"b\":2}", "5", "}"));
    EXPECT_EQ(s.end, End::whole);
}

TEST_P(Chunks, what_follows_an_array_is_a_record) {
    EXPECT_THAT(split("[{}] trailing", GetParam()).records, ElementsAre("{}", "trailing"));
    EXPECT_EQ(split("[]", GetParam()).end, End::whole);
    EXPECT_THAT(split("[]", GetParam()).records, IsEmpty());
}

// An object that holds the list of records and is not held as a whole itself.
std::string wrapped(std::size_t records, const std::string& before, const std::string& after) {
    std::string text = "{" + before + "\"shows\":[";
    const std::string padding(1'000, 'x');
    for (std::size_t i = 0; i < records; ++i) {
        text += (i == 0 ? "" : ",") + ("{\"n\":" + std::to_string(i) + ",\"x\":\"" + padding + "\"}");
    }
    return text + "]" + after;
}

TEST(RecordSplitter, reads_the_list_in_an_object_of_any_size) {
    const std::size_t n = 20'000;
    for (const auto& [before, after, end] :
         {std::tuple{"", "}", End::whole},
          std::tuple{"\"meta\":{\"a\":[1]},\n", ",\"z\":{\"y\":[1]}}\n", End::whole},
          std::tuple{"", ",\"more\":[{\"a\":1}]}", End::second_list},
          std::tuple{"", "", End::array_not_closed}}) {
        const Split s = split(wrapped(n, before, after), 1 << 20);
        EXPECT_EQ(s.records.size(), n);
        EXPECT_EQ(s.too_long, 0u);
        EXPECT_EQ(s.end, end);
    }
    const Split cut = split(wrapped(10, "", "").substr(0, 5'500), 1 << 20);
    EXPECT_EQ(cut.records.size(), 5u) << "one that ends within its list";
    EXPECT_EQ(cut.end, End::within_record);
    const Split of_a_show = split(wrapped(n, "\"id\":5,", "}\n{\"a\":1}"), 1 << 20);
    EXPECT_EQ(of_a_show.records.size(), 2u);
    EXPECT_EQ(of_a_show.too_long, 1u) << "a show with a list of something is one record";
}

TEST(RecordSplitter, asks_its_source_for_each_byte_once_whatever_it_reads) {
    const std::size_t size = 1u << 22;
    std::string objects;
    while (objects.size() < size) {
        objects += "{}";
    }
    for (const std::string& text : {std::string(size, '\n'), std::string(size, ' '), std::string(size, '['),
                                    objects, std::string(size, '{'), "{\"" + std::string(size, '\n')}) {
        std::size_t given = 0;
        std::size_t calls = 0;
        RecordSplitter splitter([&](std::span<char> buffer) {
            const std::size_t n = text.copy(buffer.data(), buffer.size(), given);
            given += n;
            ++calls;
            return n;
        });
        while (splitter.next()) {
        }
        EXPECT_EQ(given, size + (text.front() == '{' && text[1] == '"' ? 2 : 0));
        EXPECT_LE(calls, size / (1 << 17) + 3);
    }
}

TEST(RecordSplitter, skips_a_record_past_the_limit_without_losing_the_next) {
    const std::string huge = "{\"x\":\"" + std::string(ShowLimits::record_bytes + 10, 'x') + "\"}";
    const Split lines = split("{\"a\":1}\n" + huge + "\n{\"b\":2}\n", 1 << 16);
    EXPECT_TRUE((lines.records == std::vector<std::string>{"{\"a\":1}", "", "{\"b\":2}"}));
    EXPECT_EQ(lines.too_long, 1u);
    const Split array = split("[{\"a\":1}," + huge + ",{\"b\":2}]", 1 << 16);
    EXPECT_TRUE((array.records == std::vector<std::string>{"{\"a\":1}", "", "{\"b\":2}"}));
    EXPECT_EQ(array.too_long, 1u);
}

}  // namespace
}  // namespace bingefriend
