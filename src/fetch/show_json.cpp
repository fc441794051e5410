#include "fetch/show_json.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace bingefriend {
namespace {

namespace ondemand = simdjson::ondemand;
using ondemand::json_type;

constexpr std::size_t most_imdb_bytes = 20;

struct BadRecord {
    std::string reason;
};

[[noreturn]] void refuse(std::string_view field, std::string_view expected) {
    throw BadRecord{std::string(field) + ": " + std::string(expected) + " was expected"};
}

std::string text_in(ondemand::value value, std::string_view field) {
    switch (value.type().value()) {
        case json_type::null:
            return {};
        case json_type::string:
            break;
        default:
            refuse(field, "a string");
    }
    std::string text(value.get_string().value());
    std::replace(text.begin(), text.end(), '\0', ' ');
    return text;
}

std::optional<double> number_in(ondemand::value value, std::string_view field) {
    switch (value.type().value()) {
        case json_type::null:
            return {};
        case json_type::number:
            return value.get_double().value();
        default:
            refuse(field, "a number");
    }
}

std::optional<std::int64_t> integer_in(ondemand::value value, std::string_view field) {
    if (value.type().value() == json_type::number && value.is_integer()) {
        if (std::int64_t number = 0; value.get_int64().get(number) == simdjson::SUCCESS) {
            return number;
        }
        refuse(field, "an integer of 64 bits");
    }
    const std::optional<double> number = number_in(value, field);
    if (number && (std::trunc(*number) != *number || std::abs(*number) > 9e15)) {
        refuse(field, "an integer");
    }
    return number ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

// What leads elsewhere is no reason to refuse a show: what cannot be used counts as none.
std::string link_in(ondemand::value value) {
    std::string_view text;
    return value.get_string().get(text) == simdjson::SUCCESS && is_link(text) ? std::string(text)
                                                                              : std::string();
}

void read_images(ondemand::value value, ShowLinks& links) {
    ondemand::object images;
    if (value.get_object().get(images) != simdjson::SUCCESS) {
        links.image_medium = link_in(value);
        return;
    }
    for (ondemand::field field : images) {
        const std::string_view key = field.unescaped_key().value();
        if (key == "medium") {
            links.image_medium = link_in(field.value());
        } else if (key == "original") {
            links.image_original = link_in(field.value());
        }
    }
}

std::int64_t number_or_none(ondemand::value value) {
    std::int64_t number = 0;
    return value.get_int64().get(number) == simdjson::SUCCESS && number > 0 ? number : 0;
}

void read_externals(ondemand::value value, ShowLinks& links) {
    ondemand::object externals;
    if (value.get_object().get(externals) != simdjson::SUCCESS) {
        return;
    }
    for (ondemand::field field : externals) {
        const std::string_view key = field.unescaped_key().value();
        ondemand::value of = field.value();
        if (key == "thetvdb") {
            links.thetvdb = number_or_none(of);
        } else if (key == "tvrage") {
            links.tvrage = number_or_none(of);
        } else if (std::string_view text; key == "imdb" && of.get_string().get(text) == simdjson::SUCCESS &&
                                          text.size() <= most_imdb_bytes) {
            links.imdb = text;
        }
    }
}

// None where the object has no such member.  Walks the members one by one, as every step tells broken JSON;
// a search by name goes on behind it.  Compares keys as they stand: unescaped again for every walk, they
// would outgrow the parser's buffer.
std::optional<ondemand::value> member_of(ondemand::object object, std::string_view key) {
    for (ondemand::field field : object) {
        if (field.key() == key) {
            return field.value();
        }
    }
    return {};
}

// A member of an object; where the value itself is bare, the value.
std::string name_in(ondemand::value value, std::string_view field) {
    if (value.type().value() != json_type::object) {
        return text_in(value, field);
    }
    const std::optional<ondemand::value> name = member_of(value.get_object(), "name");
    return name ? text_in(*name, field) : std::string();
}

std::optional<double> rating_in(ondemand::value value) {
    if (value.type().value() != json_type::object) {
        return number_in(value, "rating");
    }
    const std::optional<ondemand::value> average = member_of(value.get_object(), "average");
    return average ? number_in(*average, "rating") : std::nullopt;
}

std::vector<std::string> genres_in(ondemand::value value) {
    std::vector<std::string> genres;
    switch (value.type().value()) {
        case json_type::null:
            return genres;
        case json_type::array:
            break;
        default:
            refuse("genres", "an array");
    }
    for (ondemand::value element : value.get_array()) {
        std::string genre = text_in(element, "genres");
        if (!genre.empty() && std::find(genres.begin(), genres.end(), genre) == genres.end()) {
            genres.push_back(std::move(genre));
        }
    }
    return genres;
}

Show show_in(ondemand::object object) {
    Show show;
    bool has_id = false;
    std::string network;
    for (ondemand::field field : object) {
        const std::string_view key = field.unescaped_key().value();
        const ondemand::value value = field.value();
        if (key == "id") {
            const std::optional<std::int64_t> id = integer_in(value, "id");
            has_id = id.has_value();
            show.id = ShowId{id.value_or(0)};
        } else if (key == "name") {
            show.name = text_in(value, "name");
        } else if (key == "genres") {
            show.genres = genres_in(value);
        } else if (key == "summary") {
            show.summary = text_in(value, "summary");
        } else if (key == "type") {
            show.type = text_in(value, "type");
        } else if (key == "language") {
            show.language = text_in(value, "language");
        } else if (key == "status") {
            show.status = text_in(value, "status");
        } else if (key == "premiered") {
            show.premiered = text_in(value, "premiered");
        } else if (key == "rating") {
            show.rating = rating_in(value);
        } else if (key == "updated") {
            show.updated = integer_in(value, "updated").value_or(0);
        } else if (key == "network") {
            network = name_in(value, "network");
        } else if (key == "webChannel" || key == "webchannel") {
            show.web_channel = name_in(value, "webChannel");
        } else if (key == "url") {
            show.links.url = link_in(value);
        } else if (key == "image") {
            read_images(value, show.links);
        } else if (key == "externals") {
            read_externals(value, show.links);
        }
    }
    if (!has_id) {
        throw BadRecord{"no id"};
    }
    show.platform = network.empty() ? show.web_channel : std::move(network);
    return show;
}

std::optional<ondemand::object> object_in(ondemand::object object, std::string_view key) {
    std::optional<ondemand::value> value = member_of(object, key);
    if (!value || value->type().value() != json_type::object) {
        return {};
    }
    return value->get_object().value();
}

// The show within an episode of a schedule; none where the record is no such thing.
std::optional<ondemand::object> show_of_episode(ondemand::object record) {
    if (const std::optional<ondemand::object> embedded = object_in(record, "_embedded")) {
        if (const std::optional<ondemand::object> show = object_in(*embedded, "show")) {
            return show;
        }
    }
    record.reset();
    return object_in(record, "show");
}

Show show_in_record(std::string_view json, ondemand::document& document) {
    if (document.type().value() != json_type::object) {
        throw BadRecord{"not an object"};
    }
    ondemand::object record = document.get_object();
    // A cheap look first: nearly no record is an episode.
    if (json.find("\"show\"") != std::string_view::npos) {
        if (const std::optional<ondemand::object> inner = show_of_episode(record)) {
            return show_in(*inner);
        }
        record.reset();
    }
    Show show = show_in(record);
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        throw BadRecord{"invalid JSON: more than one value"};
    }
    return show;
}

}  // namespace

struct ShowJsonReader::Parser {
    ondemand::parser parser;
};

ShowJsonReader::ShowJsonReader() : parser_(std::make_unique<Parser>()) {}
ShowJsonReader::~ShowJsonReader() = default;

std::variant<Show, Unreadable> ShowJsonReader::read(std::string_view json, std::size_t capacity) {
    try {
        ondemand::document document =
            parser_->parser.iterate(simdjson::padded_string_view(json.data(), json.size(), capacity));
        Show show = show_in_record(json, document);
        if (std::string fault = fault_of(show); !fault.empty()) {
            return Unreadable{std::move(fault)};
        }
        return show;
    } catch (const BadRecord& bad) {
        return Unreadable{bad.reason};
    } catch (const simdjson::simdjson_error& e) {
        return Unreadable{e.error() == simdjson::UTF8_ERROR
                              ? std::string("invalid UTF-8")
                              : std::string("invalid JSON: ") + simdjson::error_message(e.error())};
    }
}

}  // namespace bingefriend
