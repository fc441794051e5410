#include "bodies/show_json.hpp"

#include <cmath>
#include <string>
#include <string_view>
#include <utility>

namespace bingefriend {
namespace {

void append_number(JsonText& json, std::string_view name, std::int64_t number) {
    json.key(name);
    number == 0 ? json.null() : json.value(number);
}

void append_names(JsonText& json, std::string_view key, const auto& names) {
    json.key(key);
    json.begin_array();
    for (const std::string_view name : names) {
        json.value(name);
    }
    json.end_array();
}

void append_image(JsonText& json, const ShowLinks& links) {
    json.key("image");
    if (links.image_medium.empty() && links.image_original.empty()) {
        json.null();
        return;
    }
    json.begin_object();
    json.member_or_null("medium", links.image_medium);
    json.member_or_null("original", links.image_original);
    json.end_object();
}

void append_externals(JsonText& json, const ShowLinks& links) {
    json.key("externals");
    json.begin_object();
    append_number(json, "tvrage", links.tvrage);
    append_number(json, "thetvdb", links.thetvdb);
    json.member_or_null("imdb", links.imdb);
    json.end_object();
}

void append(JsonText& json, const Reasons& reasons) {
    json.begin_object();
    append_names(json, "genres", reasons.genres);
    json.key("terms");
    json.begin_array();
    for (const SharedTerm& term : reasons.terms) {
        json.begin_object();
        json.member("term", term.term);
        json.member("share", std::round(term.share * 1e4) / 1e4);
        json.end_object();
    }
    json.end_array();
    json.member_or_null("network", reasons.network);
    json.member_or_null("type", reasons.type);
    json.member_or_null("language", reasons.language);
    if (reasons.year != 0) {
        json.member("year", std::int64_t{reasons.year});
    }
    json.member("sentence", reasons.sentence);
    json.end_object();
}

// {"name": ...} or null
void append_named(JsonText& json, std::string_view key, std::string_view name) {
    json.key(key);
    if (name.empty()) {
        json.null();
        return;
    }
    json.begin_object();
    json.member("name", name);
    json.end_object();
}

}  // namespace

ShowText show_text(const ShowDetails& show) {
    JsonText json;
    json.member("show_id", to_number(show.id));
    json.member("name", show.name);
    append_names(json, "genres", show.genres);
    json.member_or_null("summary", show.summary);
    json.member_or_null("rating", show.rating);
    json.member_or_null("type", show.type);
    json.member_or_null("language", show.language);
    json.member_or_null("network", show.network);
    std::string members = json.take();
    const std::size_t scores_at = members.size();
    json.member_or_null("web_channel", show.web_channel);
    json.member_or_null("status", show.status);
    json.member_or_null("premiered", show.premiered);
    json.member_or_null("url", show.links.url);
    append_image(json, show.links);
    append_externals(json, show.links);
    members += json.take();
    members.shrink_to_fit();
    return {std::move(members), scores_at};
}

void append(JsonText& json, const RankedList& list, const Weights& weights,
            std::span<const std::shared_ptr<const ShowText>> texts) {
    const PartList shown = shown_parts(weights);
    json.key("recommendations");
    json.begin_array();
    for (std::size_t i = 0; i < list.entries.size(); ++i) {
        const Recommendation& entry = list.entries[i];
        const std::string_view members = texts[i]->members;
        json.begin_object();
        json.raw(members.substr(0, texts[i]->scores_at));
        json.member("similarity_score", entry.score);
        for (const PartDefinition& d : shown) {
            json.member(d.score_key, entry.parts[d.part]);
        }
        json.raw(members.substr(texts[i]->scores_at));
        json.key("reasons");
        list.reasons.empty() ? json.null() : append(json, list.reasons[i]);
        json.end_object();
    }
    json.end_array();
}

std::string recommendations_json(ShowId show, const RankedList& list, const Weights& weights,
                                 std::span<const std::shared_ptr<const ShowText>> texts) {
    constexpr std::size_t bytes_of_an_entry = 500;  // besides the text of the show
    std::size_t bytes = bytes_of_an_entry;
    for (const auto& text : texts) {
        bytes += text->members.size() + bytes_of_an_entry;
    }
    JsonText json(bytes);
    json.begin_object();
    json.member("show_id", to_number(show));
    json.member("count", static_cast<std::int64_t>(list.entries.size()));
    append(json, list, weights, texts);
    json.end_object();
    return json.take();
}

void append(JsonText& json, const ShowDetails& show) {
    json.begin_object();
    json.member("id", to_number(show.id));
    json.member_or_null("url", show.links.url);
    json.member("name", show.name);
    json.member_or_null("type", show.type);
    json.member_or_null("language", show.language);
    append_names(json, "genres", show.genres);
    json.member_or_null("status", show.status);
    json.member_or_null("premiered", show.premiered);
    json.key("rating");
    json.begin_object();
    json.member_or_null("average", show.rating);
    json.end_object();
    append_named(json, "network", show.network == show.web_channel ? std::string_view() : show.network);
    append_named(json, "webchannel", show.web_channel);
    append_externals(json, show.links);
    append_image(json, show.links);
    json.member_or_null("summary", show.summary);
    json.end_object();
}

void append(JsonText& json, std::span<const ShowDetails> shows) {
    json.key("shows");
    json.begin_array();
    for (const ShowDetails& show : shows) {
        append(json, show);
    }
    json.end_array();
}

void append_recipe(JsonText& json, const Generation& generation) {
    json.member("recipe", generation.recipe);
    append(json, generation.ranking.weights);
    json.key("feature_settings");
    json.raw(generation.feature_settings.empty() ? "null" : generation.feature_settings);
}

void append_diversity(JsonText& json, const Generation& generation) {
    json.member("diversity", generation.ranking.diversity);
    json.member("max_per_franchise", static_cast<std::int64_t>(generation.ranking.max_per_franchise));
}

void append(JsonText& json, const Weights& weights) {
    json.key("weights");
    json.begin_object();
    for (const PartDefinition& d : shown_parts(weights)) {
        json.member(d.name, weights[d.part]);
    }
    json.end_object();
}

}  // namespace bingefriend
