// A catalogue cut into records: the first byte says how large the pieces are that it comes in.
#include "fetch/record_splitter.hpp"

#include <simdjson.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fuzz.hpp"

namespace bingefriend {
namespace {

struct Split {
    std::vector<std::pair<std::string, std::string>> records;  // position, text
    RecordSplitter::End end = RecordSplitter::End::whole;

    bool operator==(const Split&) const = default;
};

Split split(std::string_view text, std::size_t piece) {
    RecordSplitter splitter([text, piece](std::span<char> buffer) mutable {
        const std::size_t n = text.copy(buffer.data(), std::min(piece, buffer.size()));
        text.remove_prefix(n);
        return n;
    });
    Split result;
    while (const auto record = splitter.next()) {
        if (record->too_long || record->json.empty() ||
            record->capacity < record->json.size() + simdjson::SIMDJSON_PADDING) {
            __builtin_trap();
        }
        result.records.emplace_back(record->position, record->json);
    }
    if (splitter.next()) {  // the end stays the end
        __builtin_trap();
    }
    result.end = splitter.end();
    return result;
}

// Of an array that is sound the records are the elements.
bool are_elements(const Split& found, const nlohmann::json& array) {
    return found.end == RecordSplitter::End::whole &&
           std::equal(found.records.begin(), found.records.end(), array.begin(), array.end(),
                      [](const auto& record, const nlohmann::json& element) {
                          return nlohmann::json::parse(record.second) == element;
                      });
}

// Of anything else they are the lines that are not blank, in order.
bool are_lines(const Split& found, std::string_view text) {
    auto record = found.records.begin();
    text.remove_prefix(text.starts_with("\xef\xbb\xbf") ? 3 : 0);
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
            continue;
        }
        if (record == found.records.end() || record->second != line) {
            return false;
        }
        ++record;
    }
    return record == found.records.end();
}

}  // namespace

void try_input(std::string_view input) {
    const std::size_t piece = input.empty() ? 1 : static_cast<unsigned char>(input.front()) + std::size_t{1};
    input.remove_prefix(std::min<std::size_t>(input.size(), 1));
    const Split whole = split(input, input.size() + 1);
    const bool is_array = whole.records.empty() ? whole.end != RecordSplitter::End::whole
                                                : whole.records.front().first.starts_with("record");
    const bool is_text = input.find('\0') == std::string_view::npos;  // for nlohmann the end
    const auto json = nlohmann::json::parse(is_text ? input : std::string_view(), nullptr, false);
    if (split(input, piece) != whole || (json.is_array() && !are_elements(whole, json)) ||
        (!is_array && !json.is_array() && !are_lines(whole, input))) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
