// Splits a catalogue into records; the first byte is the size of the chunks that it arrives in.
#include "fetch/record_splitter.hpp"

#include <simdjson.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
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

// Works like the show parser: a guess that is not an object is parsed again.
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
        if (record->is_guess && !nlohmann::json::accept(record->json)) {
            splitter.read_again();
        } else {
            result.records.emplace_back(record->position, record->json);
        }
    }
    if (splitter.next()) {  // after the end, there are no more records
        __builtin_trap();
    }
    result.end = splitter.end();
    return result;
}

using Elements = std::vector<nlohmann::json>;

// Returns the records of a valid value: for an array, its elements, recursively.
void add_elements(const nlohmann::json& value, Elements& elements) {
    if (!value.is_array()) {
        elements.push_back(value);
        return;
    }
    for (const nlohmann::json& element : value) {
        add_elements(element, elements);
    }
}

// Returns the expected records, if the text is one array or object, or each line is one.
std::optional<Elements> elements_of(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) {  // nlohmann stops at NUL
        return {};
    }
    Elements elements;
    if (const auto json = nlohmann::json::parse(text, nullptr, false); json.is_structured()) {
        add_elements(json, elements);
        return elements;
    }
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const auto json = nlohmann::json::parse(line, nullptr, false);
        if (json.is_structured()) {
            add_elements(json, elements);
        } else if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            return {};
        }
    }
    return elements;
}

bool are(const Split& found, const Elements& elements) {
    return found.end == RecordSplitter::End::whole &&
           std::equal(found.records.begin(), found.records.end(), elements.begin(), elements.end(),
                      [](const auto& record, const nlohmann::json& element) {
                          return nlohmann::json::parse(record.second) == element;
                      });
}

}  // namespace

void try_input(std::string_view input) {
    const std::size_t piece = input.empty() ? 1 : static_cast<unsigned char>(input.front()) + std::size_t{1};
    input.remove_prefix(std::min<std::size_t>(input.size(), 1));
    const Split whole = split(input, input.size() + 1);
    const std::optional<Elements> elements = elements_of(input);
    if (split(input, piece) != whole || (elements && !are(whole, *elements))) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
