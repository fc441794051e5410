// Parses responses of a show service, TVmaze or a season service: the records are valid, and a truncated
// body is rejected.
#include "fetch/page_json.hpp"

#include <simdjson.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "domain/show.hpp"
#include "fetch/record_splitter.hpp"
#include "fuzz.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::ordered_json;

std::string padded(std::string_view text) {
    std::string body(text);
    pad_json(body);
    return body;
}

void promise(bool holds) {
    if (!holds) {
        __builtin_trap();
    }
}

std::size_t records_in(std::string_view array) {
    RecordSplitter splitter([array](std::span<char> buffer) mutable {
        const std::size_t n = array.copy(buffer.data(), buffer.size());
        array.remove_prefix(n);
        return n;
    });
    std::size_t records = 0;
    while (splitter.next()) {
        ++records;
    }
    promise(splitter.end() == RecordSplitter::End::whole);
    return records;
}

// The array is part of the body and is complete. If it is valid, it yields as many records as it
// counts.
void check_page(const std::string& body, const ArrayText& page) {
    promise(page.text.data() >= body.data() &&
            page.text.data() + page.text.size() <= body.data() + body.size());
    const std::string alone = padded(page.text);
    const auto again = tvmaze_page(alone);
    promise(again && again->size == page.size);
    if (const Json json = Json::parse(page.text, nullptr, false); !json.is_discarded()) {
        promise(json.size() == page.size);
        const bool is_flat =
            std::none_of(json.begin(), json.end(), [](const Json& e) { return e.is_array(); });
        promise(!is_flat || records_in(page.text) == page.size);
    }
}

void check_updates(const Updates& updates) {
    promise(std::is_sorted(updates.begin(), updates.end()));
    Json changes = Json::object();
    Json shows = Json::array();
    for (const auto& [id, updated] : updates) {
        changes[std::to_string(id)] = updated;
        shows.push_back({{"updated", updated}, {"id", id}});
    }
    promise(updates_in(padded(shows.dump())) == updates);
    const bool known =
        std::all_of(updates.begin(), updates.end(), [](const auto& u) { return u.first >= 1; });
    if (known && changes.size() == updates.size()) {
        promise(tvmaze_updates(padded(changes.dump())) == updates);
    }
}

void check_summaries(const std::string& text) {
    promise(simdjson::validate_utf8(text.data(), text.size()));
    promise(text.empty() || text.ends_with('\n'));
    if (!text.empty() && text.size() <= ShowLimits::summary_bytes) {
        const Json one{{{"number", 1}, {"summary", text.substr(0, text.size() - 1)}}};
        promise(season_summaries(padded(one.dump())) == (text == "\n" ? "" : text));
    }
}

}  // namespace

void try_input(std::string_view input) {
    const std::string body = padded(input);
    const auto of_service = show_service_page(body, 0);
    const auto of_tvmaze = tvmaze_page(body);
    const auto changes = tvmaze_updates(body);
    const auto summaries = season_summaries(body);
    for (const auto& page : {of_service, of_tvmaze}) {
        if (page) {
            check_page(body, *page);
        }
    }
    if (changes) {
        promise(changes->empty() || changes->front().first >= 1);
        check_updates(*changes);
    }
    check_updates(updates_in(body));
    if (summaries) {
        check_summaries(*summaries);
    }
    if (const std::size_t last = input.find_last_not_of(" \t\r\n"); last != std::string_view::npos) {
        for (const std::size_t length : {last, last / 2}) {
            const std::string cut = padded(input.substr(0, length));
            promise(!(of_service && show_service_page(cut, 0)) && !(of_tvmaze && tvmaze_page(cut)) &&
                    !(changes && tvmaze_updates(cut)) && !(summaries && season_summaries(cut)));
        }
    }
}

}  // namespace bingefriend
