#include "fetch/page_json.hpp"

#include <simdjson.h>

#include <algorithm>

#include "base/numbers.hpp"
#include "domain/show.hpp"

namespace bingefriend {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::size_t max_summaries_bytes = ShowLimits::summary_text_bytes / 2;  // of the seasons of a show

simdjson::padded_string_view padded(const std::string& body) {
    return simdjson::padded_string_view(body.data(), body.size(), body.capacity());
}

bool ends_after(ondemand::document& document) {
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

// Takes the integer, or nothing where the value is another.
std::optional<std::int64_t> integer_or_none(ondemand::value value) {
    std::int64_t number = 0;
    return value.get(number) == simdjson::SUCCESS ? std::optional(number) : std::nullopt;
}

// simdjson throws where a record is broken; a page with such a record is still a page.
// Members are walked one by one below, as every step tells broken JSON: a search by name goes on behind it.
template <typename Read>
auto none_where_it_throws(Read read) -> decltype(read()) {
    try {
        return read();
    } catch (const simdjson::simdjson_error&) {
        return std::nullopt;
    }
}

}  // namespace

void pad_json(std::string& text) {
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
}

std::optional<ArrayText> show_service_page(const std::string& body, std::size_t offset) {
    return none_where_it_throws([&]() -> std::optional<ArrayText> {
        ondemand::parser parser;
        ondemand::document document = parser.iterate(padded(body));
        ondemand::object object = document.get_object();
        std::optional<ArrayText> page;
        for (ondemand::field field : object) {  // to its end: a body that is cut short is no page
            const std::string_view key = field.unescaped_key();
            if (key == "shows") {
                ondemand::array shows = field.value().get_array();
                const std::size_t size = shows.count_elements();
                page = ArrayText{shows.raw_json(), size};
            } else if (key == "offset" && field.value().get_int64() != static_cast<std::int64_t>(offset)) {
                return {};
            }
        }
        return ends_after(document) ? page : std::nullopt;
    });
}

std::optional<ArrayText> tvmaze_page(const std::string& body) {
    return none_where_it_throws([&]() -> std::optional<ArrayText> {
        ondemand::parser parser;
        ondemand::document document = parser.iterate(padded(body));
        ondemand::array shows = document.get_array();
        const std::size_t size = shows.count_elements();
        const ArrayText page{shows.raw_json(), size};
        return ends_after(document) ? std::optional(page) : std::nullopt;
    });
}

std::optional<Updates> tvmaze_updates(const std::string& body) {
    return none_where_it_throws([&]() -> std::optional<Updates> {
        ondemand::parser parser;
        ondemand::document document = parser.iterate(padded(body));
        Updates updates;
        for (ondemand::field field : document.get_object()) {
            const std::optional<std::int64_t> id = parse_number<std::int64_t>(field.unescaped_key());
            if (!id || *id < 1) {
                return {};
            }
            updates.emplace_back(*id, field.value().get_int64());
        }
        std::sort(updates.begin(), updates.end());
        return ends_after(document) ? std::optional(std::move(updates)) : std::nullopt;
    });
}

Updates updates_in(const std::string& page) {
    Updates updates;
    (void)none_where_it_throws([&]() -> std::optional<bool> {
        ondemand::parser parser;
        ondemand::document document = parser.iterate(padded(page));
        for (ondemand::value record : document.get_array()) {
            ondemand::object members;
            if (record.get_object().get(members) != simdjson::SUCCESS) {
                continue;
            }
            std::optional<std::int64_t> id;
            std::optional<std::int64_t> updated;
            for (ondemand::field field : members) {
                if (field.key() == "id") {
                    id = integer_or_none(field.value());
                } else if (field.key() == "updated") {
                    updated = integer_or_none(field.value());
                }
            }
            if (id && updated) {
                updates.emplace_back(*id, *updated);
            }
        }
        return true;
    });
    std::sort(updates.begin(), updates.end());
    return updates;
}

std::optional<std::string> season_summaries(const std::string& body) {
    return none_where_it_throws([&]() -> std::optional<std::string> {
        ondemand::parser parser;
        ondemand::document document = parser.iterate(padded(body));
        std::vector<std::pair<std::int64_t, std::string>> seasons;
        for (ondemand::value season : document.get_array()) {
            std::int64_t number = 0;
            std::string_view summary;
            for (ondemand::field field : season.get_object()) {
                if (field.key() == "number") {
                    number = integer_or_none(field.value()).value_or(0);
                } else if (field.key() == "summary" && field.value().get(summary) != simdjson::SUCCESS) {
                    summary = {};
                }
            }
            if (!summary.empty()) {
                seasons.emplace_back(number, summary);
            }
        }
        std::stable_sort(seasons.begin(), seasons.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        std::string text;
        for (const auto& [number, summary] : seasons) {
            const std::string_view cut = cut_html(summary, ShowLimits::summary_bytes);
            if (text.size() + cut.size() >= max_summaries_bytes) {
                break;
            }
            text += cut;
            text += '\n';
        }
        return ends_after(document) ? std::optional(std::move(text)) : std::nullopt;
    });
}

}  // namespace bingefriend
