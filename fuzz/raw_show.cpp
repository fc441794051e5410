// Parses one record as JSON and as a CSV row: the same show, or the same reason for rejection.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "base/error.hpp"
#include "fetch/fetch.hpp"
#include "fuzz.hpp"

namespace bingefriend {
namespace {

constexpr std::array<std::string_view, 24> names{
    "genres", "summary",      "type",          "language", "status",         "premiered",
    "rating", "network",      "webChannel",    "url",      "image",          "externals",
    "season", "updated",      "summary_clean", "show.id",  "show.name",      "_embedded.show.genres",
    "number", "network.name", "imdb",          "thetvdb",  "externals.imdb", "nonsense"};

std::string quoted(std::string_view text) {
    std::string cell = "\"";
    for (const char c : text) {
        cell += c == '"' ? "\"\"" : std::string(1, c);
    }
    return cell + "\"";
}

bool same(const Ingest& a, const Ingest& b) {
    return a.catalogue.shows == b.catalogue.shows &&
           a.report.rejected_by_reason == b.report.rejected_by_reason &&
           a.report.cut_summaries == b.report.cut_summaries;
}

}  // namespace

// Input lines: the first two are id and name; in the others, the first byte selects the field.
void try_input(std::string_view input) {
    nlohmann::ordered_json record = nlohmann::ordered_json::object();
    std::string header;
    std::string row;
    for (std::size_t line_number = 0; line_number < 2 || !input.empty(); ++line_number) {
        std::string_view line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(input.size(), line.size() + 1));
        std::string_view name = line_number == 0 ? "id" : "name";
        if (line_number > 1) {
            name = names[line.empty() ? 0 : static_cast<unsigned char>(line.front()) % names.size()];
            line.remove_prefix(std::min<std::size_t>(line.size(), 1));
        }
        if (record.contains(name)) {
            continue;
        }
        record[std::string(name)] = line;
        header += (header.empty() ? "" : ",") + quoted(name);
        row += (row.empty() ? "" : ",") + quoted(line);
    }
    std::string json;
    try {
        json = record.dump();
    } catch (const nlohmann::json::type_error&) {  // not UTF-8
        return;
    }
    const Ingest of_json = fetch_bytes(json, "input");
    const Ingest of_csv = fetch_bytes(header + "\r\n" + row + "\r\n", "input");
    if (!same(of_json, of_csv) || of_csv.report.records != 1) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
