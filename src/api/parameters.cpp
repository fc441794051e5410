#include "api/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/numbers.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::json;

constexpr std::size_t max_excluded = 1'000;

std::optional<double> real_in(const Target& target, std::string_view name, double least, double greatest,
                              std::string_view expected) {
    const std::string* const text = target.value(name);
    if (text == nullptr) {
        return {};
    }
    const std::optional<double> value = parse_number<double>(*text);
    if (!value || !(*value >= least && *value <= greatest)) {
        throw BadParameter{std::string(expected)};
    }
    return value;
}

// A form also sends empty fields.
std::vector<std::string> names_in(const Target& target, std::string_view name) {
    const std::vector<std::string_view> values = target.values(name);
    if (values.size() > max_names) {
        throw BadParameter{std::string(name) + " may be given at most 50 times"};
    }
    std::vector<std::string> names;
    for (const std::string_view value : values) {
        if (!value.empty()) {
            names.emplace_back(value);
        }
    }
    return names;
}

[[noreturn]] void refuse_weights() {
    std::string usual;
    for (const PartDefinition& d : weighted_parts(default_weights)) {
        usual += fmt::format("{}{}:{}", usual.empty() ? "" : ",", d.name, d.default_weight);
    }
    throw BadParameter{fmt::format("weights must be like {}, none negative, not all 0", usual)};
}

Weights weights_in(std::string_view text) {
    Weights weights;
    std::vector<std::string_view> seen;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        const std::size_t colon = part.find(':');
        const std::string_view name = part.substr(0, colon);
        const auto definition = std::find_if(all_parts.begin(), all_parts.end(),
                                             [&](const PartDefinition& d) { return d.name == name; });
        if (definition == all_parts.end() || colon == std::string_view::npos ||
            std::find(seen.begin(), seen.end(), name) != seen.end()) {
            refuse_weights();
        }
        seen.push_back(name);
        const std::optional<double> value = parse_number<double>(part.substr(colon + 1));
        if (!value || !(*value >= 0 && *value <= 1'000)) {
            refuse_weights();
        }
        weights[definition->part] = *value;
    }
    if (!(sum_of(weights) > 1e-6)) {
        refuse_weights();
    }
    return normalised(weights);
}

std::string text_in(const Json& object, const char* key) {
    const auto at = object.find(key);
    if (at == object.end() || at->is_null()) {
        return {};
    }
    if (!at->is_string()) {
        throw BadParameter{std::string(key) + " must be a text"};
    }
    return at->get<std::string>();
}

// An object with a name, or the bare name.
std::string name_in(const Json& object, const char* key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_object() ? text_in(*at, "name") : text_in(object, key);
}

// A number, or an object with the average.
std::optional<double> rating_in(const Json& object) {
    const Json given = object.value("rating", Json());
    const Json rating = given.is_object() ? given.value("average", Json()) : given;
    if (rating.is_null()) {
        return {};
    }
    if (!rating.is_number() || !(rating.get<double>() >= 0 && rating.get<double>() <= 10)) {
        throw BadParameter{"rating must be a number between 0 and 10"};
    }
    return rating.get<double>();
}

std::vector<std::string> genres_in(const Json& object) {
    constexpr std::size_t max_genres = 100;
    const auto at = object.find("genres");
    if (at == object.end() || at->is_null()) {
        return {};
    }
    const auto is_text = [](const Json& genre) { return genre.is_string(); };
    if (!at->is_array() || at->size() > max_genres || !std::all_of(at->begin(), at->end(), is_text)) {
        throw BadParameter{"genres must be an array of at most 100 texts"};
    }
    return at->get<std::vector<std::string>>();
}

}  // namespace

std::int64_t number_in(const Target& target, std::string_view name, std::int64_t least, std::int64_t greatest,
                       std::int64_t otherwise) {
    const std::string* const text = target.value(name);
    if (text == nullptr) {
        return otherwise;
    }
    const std::optional<std::int64_t> value = parse_number<std::int64_t>(*text);
    if (!value || *value < least || *value > greatest) {
        throw BadParameter{std::string(name) + " must be between " + std::to_string(least) + " and " +
                           std::to_string(greatest)};
    }
    return *value;
}

std::vector<ShowId> ids_in(const Target& target, std::string_view name, std::size_t most) {
    std::vector<ShowId> ids;
    for (std::string_view list : target.values(name)) {
        while (!list.empty()) {
            const std::string_view part = list.substr(0, list.find(','));
            list.remove_prefix(std::min(part.size() + 1, list.size()));
            const std::optional<std::int64_t> id = parse_number<std::int64_t>(part);
            if (!id || ids.size() == most) {
                throw BadParameter{std::string(name) + " must be at most " + std::to_string(most) +
                                   " show ids with commas between"};
            }
            ids.push_back(ShowId{*id});
        }
    }
    return ids;
}

Query query_in(const Target& target) {
    Query query;
    query.n = static_cast<std::size_t>(number_in(target, "n", 1, 50, 10));
    query.min_similarity =
        real_in(target, "min_similarity", 0, 1, "min_similarity must be between 0 and 1").value_or(0);
    query.filter.genres = names_in(target, "genre");
    query.filter.types = names_in(target, "type");
    query.filter.languages = names_in(target, "language");
    query.filter.networks = names_in(target, "network");
    query.filter.statuses = names_in(target, "status");
    query.filter.min_rating = real_in(target, "min_rating", 0, 10, "min_rating must be between 0 and 10");
    query.filter.exclude = ids_in(target, "exclude", max_excluded);
    query.diversity = real_in(target, "diversity", 0, 1, "diversity must be between 0 and 1").value_or(0);
    query.max_per_franchise = static_cast<std::size_t>(number_in(target, "max_per_franchise", 1, 50, 0));
    if (const std::string* weights = target.value("weights")) {
        query.weights = weights_in(*weights);
    }
    return query;
}

bool is_plain(const Query& query) {
    return !query.weights && query.filter == QueryFilter{} && query.diversity == 0 &&
           query.max_per_franchise == 0;
}

GivenShow show_in(std::string_view body) {
    const Json json = Json::parse(body, nullptr, false);
    if (!json.is_object()) {
        throw BadParameter{"the body must be a show object or {\"text\": ...}, as JSON"};
    }
    GivenShow given;
    given.show.name = text_in(json, "name");
    given.show.genres = genres_in(json);
    given.show.summary = text_in(json, "summary");
    given.show.type = text_in(json, "type");
    given.show.language = text_in(json, "language");
    given.show.premiered = text_in(json, "premiered");
    given.show.rating = rating_in(json);
    given.show.platform = name_in(json, "network");
    for (const char* web_channel : {"webChannel", "webchannel", "web_channel"}) {
        if (given.show.platform.empty()) {
            given.show.platform = name_in(json, web_channel);
        }
    }
    if (json.contains("text")) {  // the rest of the show does not count
        given = {.show = {}, .text_alone = true};
        given.show.summary = text_in(json, "text");
    }
    if (std::ranges::count(given.show.summary, '<') > std::ptrdiff_t{max_tags}) {
        throw BadParameter{fmt::format("the text must have at most {} HTML tags", max_tags)};
    }
    return given;
}

}  // namespace bingefriend
