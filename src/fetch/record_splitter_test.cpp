#include "fetch/record_splitter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
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

Split split(const std::string& text, std::size_t chunk) {
    RecordSplitter splitter(in_chunks(text, chunk));
    Split result;
    while (const auto record = splitter.next()) {
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
    const Split s = split("\xef\xbb\xbf{\"a\":1}\r\n\n  \n[2]\n{\"b\":\"}\"}", GetParam());
    EXPECT_THAT(s.records, ElementsAre("{\"a\":1}\r", "[2]", "{\"b\":\"}\"}"));
    EXPECT_THAT(s.positions, ElementsAre("line 1", "line 4", "line 5"));
}

TEST_P(Chunks, an_array_is_split_into_its_elements) {
    const Split s =
        split(" [ {\"a\":\"]\\\"}\\\\\"} ,\n{\"b\":{\"c\":[1,{}]}},5, \"x,y\" ,[6] ] \n", GetParam());
    EXPECT_THAT(s.records,
                ElementsAre("{\"a\":\"]\\\"}\\\\\"}", "{\"b\":{\"c\":[1,{}]}}", "5", "\"x,y\"", "[6]"));
    EXPECT_THAT(s.positions, ElementsAre("record 1", "record 2", "record 3", "record 4", "record 5"));
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

TEST_P(Chunks, what_follows_an_array_is_noticed) {
    EXPECT_EQ(split("[{}] trailing", GetParam()).end, End::text_after_array);
    EXPECT_EQ(split("[]", GetParam()).end, End::whole);
    EXPECT_THAT(split("[]", GetParam()).records, IsEmpty());
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
