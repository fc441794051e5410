#include "fetch/show_json.hpp"

#include <simdjson.h>

#include <optional>

#include "base/text.hpp"
#include "records/missing_value.hpp"

namespace bingefriend {
namespace {

namespace ondemand = simdjson::ondemand;
using ondemand::json_type;

// Walks the members of a record once, as every step tells broken JSON.
class RecordWalk {
  public:
    explicit RecordWalk(RawShow& raw) : raw_(raw) {}

    void read(ondemand::object record) {
        for (ondemand::field field : record) {
            if (const ShowPath path = show_path(field.unescaped_key().value()); path.is_known()) {
                read(path, field.value());
            }
        }
    }

  private:
    void read(const ShowPath& path, ondemand::value value) {
        json_type type{};
        if (value.type().get(type) != simdjson::SUCCESS) {
            read_word(path, value);
            return;
        }
        switch (type) {
            case json_type::null:
                raw_.set(path, {});
                return;
            case json_type::string:
                raw_.set(path, value.get_string().value());
                return;
            case json_type::number:
                raw_.set(path, trimmed(value.raw_json_token()));
                return;
            case json_type::object:
                read_object(path, value.get_object());
                return;
            case json_type::array:
                if (path.field == ShowField::genres) {
                    read_genres(path, value.get_array());
                    return;
                }
                break;
            case json_type::boolean:
                break;
        }
        raw_.set_wrong_type(path);
    }

    void read_object(const ShowPath& path, ondemand::object object) {
        if (path.group.empty()) {
            raw_.set_wrong_type(path);
            return;
        }
        for (ondemand::field field : object) {
            if (const ShowPath member = path.member(field.unescaped_key().value()); member.is_known()) {
                read(member, field.value());
            }
        }
    }

    void read_genres(const ShowPath& path, ondemand::array genres) {
        for (ondemand::value genre : genres) {
            json_type type{};
            if (genre.type().get(type) != simdjson::SUCCESS) {
                read_word(path, genre);
            } else if (type == json_type::string) {
                raw_.add_genre(path, genre.get_string().value());
            } else if (type != json_type::null) {
                raw_.set_wrong_type(path);
            }
        }
    }

    // Python writes NaN, which JSON does not know, where a value is missing.
    void read_word(const ShowPath& path, ondemand::value value) {
        if (!is_missing_value(trimmed(value.raw_json_token()))) {
            throw simdjson::simdjson_error(simdjson::TAPE_ERROR);
        }
        raw_.set(path, {});
    }

    RawShow& raw_;
};

}  // namespace

struct ShowJsonReader::Parser {
    ondemand::parser parser;
    RawShow raw;
};

ShowJsonReader::ShowJsonReader() : parser_(std::make_unique<Parser>()) {}
ShowJsonReader::~ShowJsonReader() = default;

std::variant<NormalisedShow, Unreadable> ShowJsonReader::read(std::string_view json, std::size_t capacity) {
    try {
        ondemand::document document =
            parser_->parser.iterate(simdjson::padded_string_view(json.data(), json.size(), capacity));
        if (document.type().value() != json_type::object) {
            return Unreadable{"not an object"};
        }
        parser_->raw.clear();
        RecordWalk(parser_->raw).read(document.get_object());
        if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
            return Unreadable{"invalid JSON: more than one value"};
        }
        return parser_->raw.normalised();
    } catch (const simdjson::simdjson_error& e) {
        return Unreadable{e.error() == simdjson::UTF8_ERROR
                              ? std::string("invalid UTF-8")
                              : std::string("invalid JSON: ") + simdjson::error_message(e.error())};
    }
}

}  // namespace bingefriend
