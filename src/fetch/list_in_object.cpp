#include "fetch/list_in_object.hpp"

#include <simdjson.h>

#include "base/text.hpp"

namespace bingefriend {
namespace {

namespace ondemand = simdjson::ondemand;
using ondemand::json_type;

constexpr std::size_t deepest_object = 4;

// What the lists of an object are, as far as the choice needs it.
struct Lists {
    std::optional<std::string_view> of_objects;  // the last
    std::optional<std::string_view> named_shows;
    std::optional<std::string_view> empty;
    std::size_t count = 0;  // of lists of objects
    bool has_identity = false;
};

void find_lists(ondemand::object object, std::size_t depth, Lists& lists) {
    for (ondemand::field field : object) {
        const bool is_shows = field.key() == "shows";
        lists.has_identity =
            lists.has_identity || (depth == 0 && (field.key() == "id" || field.key() == "name"));
        json_type type{};
        ondemand::value value = field.value();
        if (value.type().get(type) != simdjson::SUCCESS) {
            continue;
        }
        if (type == json_type::object && depth < deepest_object) {
            find_lists(value.get_object(), depth + 1, lists);
        } else if (type == json_type::array) {
            const std::string_view text = value.get_array().value().raw_json().value();
            const std::string_view first = trimmed(text.substr(1, text.find_first_not_of(" \t\r\n", 1)));
            if (first.starts_with('{')) {
                ++lists.count;
                lists.of_objects = text;
                lists.named_shows = is_shows ? std::optional(text) : lists.named_shows;
            } else if (first.starts_with(']')) {
                lists.empty = text;
            }
        }
    }
}

}  // namespace

ListInObject list_in_object(std::string_view json, std::size_t capacity) {
    try {
        ondemand::parser parser;
        ondemand::document document =
            parser.iterate(simdjson::padded_string_view(json.data(), json.size(), capacity));
        Lists lists;
        find_lists(document.get_object(), 0, lists);
        if (lists.named_shows) {
            return {.text = lists.named_shows};
        }
        if (lists.has_identity || lists.count > 1) {
            return {.is_one_of_several = !lists.has_identity};
        }
        return {.text = lists.of_objects ? lists.of_objects : lists.empty};
    } catch (const simdjson::simdjson_error&) {
        return {};
    }
}

}  // namespace bingefriend
