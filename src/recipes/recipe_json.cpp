#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "recipes/recipes.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::ordered_json;

// The members of one object.  All functions throw Error{usage} that names the field.
class Members {
  public:
    // path: "" or "text."
    Members(const Json& object, std::string path, std::string_view where)
        : object_(object), path_(std::move(path)), where_(where) {
        if (!object.is_object()) {
            refuse("", "expected an object");
        }
    }

    // Null if there is none.
    [[nodiscard]] const Json* find(std::string_view name) {
        known_.push_back(name);
        const auto found = object_.find(name);
        return found == object_.end() ? nullptr : &*found;
    }
    void number(std::string_view name, double min, double max, double& value) {
        if (const Json* json = find(name)) {
            if (!json->is_number() || !(json->get<double>() >= min && json->get<double>() <= max)) {
                refuse(name, fmt::format("expected a number from {} to {}", min, max));
            }
            value = json->get<double>();
        }
    }
    void count(std::string_view name, std::size_t min, std::size_t max, std::size_t& value) {
        if (const Json* json = find(name)) {
            if (!json->is_number_unsigned() || json->get<std::size_t>() < min ||
                json->get<std::size_t>() > max) {
                refuse(name, fmt::format("expected a whole number from {} to {}", min, max));
            }
            value = json->get<std::size_t>();
        }
    }
    // null stands for no limit.
    void count_or_all(std::string_view name, std::size_t max, std::size_t& value) {
        const auto found = object_.find(name);
        if (found != object_.end() && found->is_null()) {
            (void)find(name);
            value = TextSettings::all_terms;
        } else {
            count(name, 0, max, value);
        }
    }
    void flag(std::string_view name, bool& value) {
        if (const Json* json = find(name)) {
            if (!json->is_boolean()) {
                refuse(name, "expected true or false");
            }
            value = json->get<bool>();
        }
    }
    template <typename Read>
    void object(std::string_view name, Read read) {
        if (const Json* json = find(name)) {
            Members members(*json, fmt::format("{}{}.", path_, name), where_);
            read(members);
            members.end();
        }
    }
    // Every member must have been looked for.
    void end() const {
        for (const auto& [name, value] : object_.items()) {
            if (std::ranges::find(known_, name) == known_.end()) {
                refuse(name, fmt::format("unknown field; known: {}", fmt::join(known_, ", ")));
            }
        }
    }
    [[noreturn]] void refuse(std::string_view name, std::string_view why) const {
        std::string field = path_ + std::string(name);
        while (field.ends_with('.')) {
            field.pop_back();
        }
        throw Error(ErrorKind::usage, "the recipe is invalid", where_,
                    field.empty() ? std::string(why) : fmt::format("{}: {}", field, why));
    }

  private:
    const Json& object_;
    std::string path_;
    std::string_view where_;
    std::vector<std::string_view> known_;
};

constexpr std::size_t max_name_bytes = 64;
constexpr std::size_t max_repetitions = 10;
constexpr std::size_t max_count = 1'000'000'000;

void read_name(Members& members, std::string& name) {
    if (const Json* json = members.find("name")) {
        const auto is_good = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                   c == '_' || c == '.';
        };
        name = json->is_string() ? json->get<std::string>() : "";
        if (name.empty() || name.size() > max_name_bytes || !std::ranges::all_of(name, is_good)) {
            members.refuse("name", "expected up to 64 letters, digits, '-', '_' and '.'");
        }
    }
}

void read_weights(Members& members, Weights& weights) {
    members.object("weights", [&](Members& parts) {
        weights = {};
        for (const PartDefinition& d : all_parts) {
            parts.number(d.name, 0, 1'000, weights[d.part]);
        }
        parts.end();
        if (!(sum_of(weights) > 0)) {
            parts.refuse("", "no part has a weight");
        }
        weights = normalised(weights);
    });
}

void read_text(Members& members, TextSettings& text) {
    members.object("text", [&](Members& m) {
        m.count("summary", 0, max_repetitions, text.summary);
        m.count("name", 0, max_repetitions, text.name);
        m.count("max_ngram", 1, 2, text.max_ngram);
        m.count("min_df", 1, max_count, text.min_df);
        m.number("max_df", 0, 1, text.max_df);
        m.count("max_df_shows", 0, max_count, text.max_df_shows);
        m.count_or_all("max_features", max_count, text.max_features);
        m.flag("word_breaks", text.word_breaks);
        m.flag("sublinear_tf", text.sublinear_tf);
        m.flag("length_floor", text.length_floor);
    });
}

void read_metadata_fields(Members& members, MetadataFields& fields) {
    if (const Json* json = members.find("fields")) {
        fields = {false, false, false};
        for (const Json& field : json->is_array() ? *json : Json::array({nullptr})) {
            const std::string name = field.is_string() ? field.get<std::string>() : "";
            bool* const compared = name == "platform"   ? &fields.platform
                                   : name == "type"     ? &fields.type
                                   : name == "language" ? &fields.language
                                                        : nullptr;
            if (compared == nullptr) {
                members.refuse("fields", "expected a list of: platform, type, language");
            }
            *compared = true;
        }
    }
}

void read_features(Members& members, FeatureSettings& settings) {
    read_text(members, settings.text);
    members.object("genres", [&](Members& m) { m.flag("idf", settings.genre_idf); });
    members.object("metadata", [&](Members& m) {
        read_metadata_fields(m, settings.metadata);
        m.count("top_n_platforms", 0, 100'000, settings.top_n_platforms);
        m.count("top_n_languages", 0, 100'000, settings.top_n_languages);
    });
}

template <typename Read>
void read_json(std::string_view json, std::string_view where, Read read) {
    const auto refuse = [&](std::string_view why) {
        throw Error(ErrorKind::usage, "the recipe is invalid", where, why);
    };
    if (json.size() > max_recipe_bytes) {
        refuse(fmt::format("it is longer than {} bytes", max_recipe_bytes));
    }
    Json parsed;
    try {
        parsed = Json::parse(json);
    } catch (const Json::parse_error& error) {
        refuse(fmt::format("it is not JSON (at byte {})", error.byte));
    }
    Members members(parsed, "", where);
    read(members);
    members.end();
}

void write_features(const FeatureSettings& settings, Json& json) {
    const TextSettings& text = settings.text;
    json["text"] = {{"summary", text.summary},
                    {"name", text.name},
                    {"max_ngram", text.max_ngram},
                    {"min_df", text.min_df},
                    {"max_df", text.max_df},
                    {"max_df_shows", text.max_df_shows},
                    {"max_features", text.max_features},
                    {"word_breaks", text.word_breaks},
                    {"sublinear_tf", text.sublinear_tf},
                    {"length_floor", text.length_floor}};
    if (text.max_features == TextSettings::all_terms) {
        json["text"]["max_features"] = nullptr;
    }
    json["genres"] = {{"idf", settings.genre_idf}};
    Json fields = Json::array();
    for (const auto& [name, compared] :
         {std::pair("platform", settings.metadata.platform), std::pair("type", settings.metadata.type),
          std::pair("language", settings.metadata.language)}) {
        if (compared) {
            fields.push_back(name);
        }
    }
    json["metadata"] = {{"fields", std::move(fields)},
                        {"top_n_platforms", settings.top_n_platforms},
                        {"top_n_languages", settings.top_n_languages}};
}

}  // namespace

Recipe parse_recipe(std::string_view json, std::string_view where) {
    Recipe recipe;
    read_json(json, where, [&](Members& members) {
        read_name(members, recipe.name);
        read_weights(members, recipe.weights);
        read_features(members, recipe.features);
    });
    return recipe;
}

std::string recipe_json(const Recipe& recipe) {
    Json json{{"name", recipe.name}, {"weights", Json::object()}};
    for (const PartDefinition& d : shown_parts(recipe.weights)) {
        json["weights"][d.name] = recipe.weights[d.part];
    }
    write_features(recipe.features, json);
    return json.dump();
}

FeatureSettings parse_feature_settings(std::string_view json, std::string_view where) {
    FeatureSettings settings;
    read_json(json, where, [&](Members& members) { read_features(members, settings); });
    return settings;
}

std::string feature_settings_json(const FeatureSettings& settings) {
    Json json;
    write_features(settings, json);
    return json.dump();
}

}  // namespace bingefriend
