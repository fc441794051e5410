#include "bench/odd_inputs.hpp"

#include <fmt/format.h>

#include "fetch/test_packing.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view show = R"({"id":1,"name":"A"})";

// Repeats the unit up to the size.
std::string repeated(std::string_view unit, std::size_t bytes) {
    std::string text;
    text.reserve(bytes + unit.size());
    while (text.size() < bytes) {
        text += unit;
    }
    return text;
}

// A text of distinct units: `unit` gets the number of each unit.
template <typename Unit>
std::string numbered(std::size_t bytes, Unit unit) {
    std::string text;
    for (std::size_t i = 1; text.size() < bytes; ++i) {
        text += unit(i);
    }
    return text;
}

std::string between(std::string_view before, std::string_view middle, std::string_view after) {
    return std::string(before).append(middle).append(after);
}

OddInput of_unit(std::string_view name, std::string_view before, std::string_view unit,
                 std::string_view after) {
    return {name, [=](std::size_t bytes) { return between(before, repeated(unit, bytes), after); }};
}

OddInput of_summary(std::string_view name, std::string_view before, std::string_view unit) {
    return {name, [=](std::size_t bytes) { return between(before, repeated(unit, bytes), ""); }, true};
}

std::vector<OddInput> json_inputs() {
    const auto lines = [](std::string_view format) {
        return [format](std::size_t bytes) {
            return numbered(bytes, [format](std::size_t i) { return fmt::format(fmt::runtime(format), i); });
        };
    };
    std::vector<OddInput> inputs{
        {"shows, one a line", lines("{{\"id\":{0},\"name\":\"Show {0}\",\"genres\":[\"Drama\"]}}\n")},
        {"shows, indented", lines("{{\n  \"id\": {0},\n  \"name\": \"Show {0}\"\n}}\n")},
        {"pages, one a line", lines("[{{\"id\":{0},\"name\":\"Show {0}\"}}]\n")},
        {"wrapped pages, one a line", lines("{{\"data\":[{{\"id\":{0},\"name\":\"Show {0}\"}}]}}\n")},
        {"one wrapped list",
         [](std::size_t bytes) {
             return between("{\"data\":{\"shows\":[",
                            numbered(bytes,
                                     [](std::size_t i) {
                                         return fmt::format("{}{{\"id\":{},\"name\":\"A\"}}",
                                                            i > 1 ? "," : "", i);
                                     }),
                            "]}}");
         }},
        of_unit("one show, over and over", "", "{\"id\":1,\"name\":\"A\"}\n", ""),
        of_unit("genres of one show", "{\"id\":1,\"name\":\"A\",\"genres\":[\"a\"", ",\"a\"", "]}"),
        {"distinct genres of one show",
         [](std::size_t bytes) {
             return between("{\"id\":1,\"name\":\"A\",\"genres\":[\"a\"",
                            numbered(bytes, [](std::size_t i) { return fmt::format(",\"g{}\"", i); }), "]}");
         }},
        {"genres as text",
         [](std::size_t bytes) {
             return between("{\"id\":1,\"name\":\"A\",\"genres\":\"['a'", repeated(",'a'", bytes), "]\"}");
         }},
        {"members of one show",
         [](std::size_t bytes) {
             return between("{\"id\":1,\"name\":\"A\"",
                            numbered(bytes, [](std::size_t i) { return fmt::format(",\"m{}\":{}", i, i); }),
                            "}");
         }},
        of_unit("blanks around a name", "{\"id\":1,\"name\":\"", " ", "\"}"),
        of_unit("wide blanks in a summary", "{\"id\":1,\"name\":\"A\",\"summary\":\"", "\xc2\xa0", "\"}"),
        of_unit("lists in lists in records", "", "{\"d\":[{\"e\":[{\"f\":[{\"id\":1,\"name\":\"A\"}]}]}]}\n",
                ""),
    };
    for (const auto& [name, unit] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"opened arrays", "["},
             {"opened objects", "{"},
             {"opened members", "{\"a\":"},
             {"closing braces", "}"},
             {"closing brackets", "]"},
             {"quotes", "\""},
             {"commas", ","},
             {"backslashes in a name", "\\\\"},
             {"byte order marks", "\xef\xbb\xbf"},
             {"lines that begin an object", "{\n"},
             {"lines that begin a list", "{\"a\":[{\n"},
             {"lines that only look like one object", "{}}\n"},
             {"objects on one line", "{\"id\":1}{\"id\":2}"},
             {"broken strings", "{\"id\":1,\"name\":\"A\n"},
             {"blank lines", "\n"},
             {"blank lines of spaces", "   \r\n"}}) {
        inputs.push_back(of_unit(name, show, unit, show));
    }
    return inputs;
}

std::vector<OddInput> csv_inputs() {
    return {
        {"rows",
         [](std::size_t bytes) {
             return between("id,name,genres\n",
                            numbered(bytes,
                                     [](std::size_t i) {
                                         return fmt::format("{},Show {},\"['Drama', 'Crime']\"\n", i, i);
                                     }),
                            "");
         }},
        of_unit("columns", "id,name", ",c", "\n1,A\n"),
        of_unit("fields of a row", "id,name\n1,A", ",c", "\n"),
        of_unit("rows without text", "id,name\n", "\n", ""),
        of_unit("rows of commas", "id,name\n", ",\n", ""),
        of_unit("a quote that does not end", "id,name\n1,\"", "a\n", ""),
        of_unit("quotes in a field", "id,name\n1,\"", "\"\"", "\"\n"),
        of_unit("a field of blanks", "id,name\n1,\"", " ", "\"\n"),
        of_unit("genres in Python", "id,name,genres\n1,A,\"[", "'a', ", "]\"\n"),
        of_unit("brackets in Python", "id,name,genres\n1,A,\"", "[", "\"\n"),
        of_unit("tables in Python", "id,name,rating\n1,A,\"", "{'a': ", "\"\n"),
        of_unit("a text in Python that does not end", "id,name,genres\n1,A,\"['", "\\x41", "\"\n"),
    };
}

std::vector<OddInput> compressed_inputs() {
    const std::string line = std::string(show) + "\n";
    return {
        {"gzip members", [line](std::size_t bytes) { return repeated(gzip_compressed(line), bytes); }},
        {"empty gzip members",
         [line](std::size_t bytes) { return repeated(gzip_compressed(""), bytes) + gzip_compressed(line); }},
        {"zeros behind gzip",
         [line](std::size_t bytes) { return gzip_compressed(line) + std::string(bytes, '\0'); }},
        {"zstd frames", [line](std::size_t bytes) { return repeated(zstd_compressed(line), bytes); }},
        {"empty zstd frames",
         [line](std::size_t bytes) { return repeated(zstd_compressed(""), bytes) + zstd_compressed(line); }},
        {"skippable zstd frames",
         [line](std::size_t bytes) {
             return repeated(std::string_view("\x50\x2a\x4d\x18\0\0\0\0", 8), bytes) + zstd_compressed(line);
         }},
        {"zeros behind zstd",
         [line](std::size_t bytes) { return zstd_compressed(line) + std::string(bytes, '\0'); }},
    };
}

std::vector<OddInput> summary_inputs() {
    return {
        {"attributes of a tag",
         [](std::size_t bytes) {
             return between("<p", numbered(bytes, [](std::size_t i) { return fmt::format(" a{}=b", i); }),
                            ">text");
         },
         true},
        {"attributes that do not end",
         [](std::size_t bytes) {
             return between("<p", numbered(bytes, [](std::size_t i) { return fmt::format(" a{}='", i); }),
                            "");
         },
         true},
        of_summary("tags", "", "<b>"),
        of_summary("tags and text", "", "<i>a</p>"),
        of_summary("cells without a table", "<table>", "<td>a"),
        of_summary("text in tables", "<table>", "a<tr>"),
        of_summary("less-than signs", "", "<"),
        of_summary("ampersands", "", "&"),
        of_summary("references", "", "&notit;&#x1F600;"),
        of_summary("a long reference", "&#", "0"),
        of_summary("comments", "", "<!---->"),
        of_summary("comments that do not end", "", "<!--"),
        of_summary("dashes in a comment", "<!--", "-"),
        of_summary("scripts that do not end", "", "<script>"),
        of_summary("ends in a script", "<script>", "</scrip"),
        of_summary("closing tags", "", "</p>"),
    };
}

}  // namespace

const std::vector<OddInput>& odd_inputs() {
    static const std::vector<OddInput> all = [] {
        std::vector<OddInput> inputs = json_inputs();
        for (const auto& more : {csv_inputs(), compressed_inputs(), summary_inputs()}) {
            inputs.insert(inputs.end(), more.begin(), more.end());
        }
        return inputs;
    }();
    return all;
}

}  // namespace bingefriend
