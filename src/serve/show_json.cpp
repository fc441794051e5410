#include "serve/show_json.hpp"

#include <cmath>
#include <string>
#include <string_view>

namespace bingefriend {
namespace {

void append_number(JsonText& json, std::string_view name, std::int64_t number) {
    json.key(name);
    number == 0 ? json.null() : json.value(number);
}

void append_names(JsonText& json, std::string_view key, const std::vector<std::string>& names) {
    json.key(key);
    json.begin_array();
    for (const std::string& name : names) {
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

void append_reasons(JsonText& json, const std::optional<Reasons>& reasons) {
    json.key("reasons");
    if (!reasons) {
        json.null();
        return;
    }
    json.begin_object();
    append_names(json, "genres", reasons->genres);
    json.key("terms");
    json.begin_array();
    for (const SharedTerm& term : reasons->terms) {
        json.begin_object();
        json.member("term", term.term);
        json.member("share", std::round(term.share * 1e4) / 1e4);
        json.end_object();
    }
    json.end_array();
    json.member_or_null("network", reasons->network);
    json.member_or_null("type", reasons->type);
    json.member_or_null("language", reasons->language);
    json.member("sentence", reasons->sentence);
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

void append(JsonText& json, const RecommendedShow& recommended) {
    const ShowFacts& show = recommended.facts;
    const Recommendation& r = recommended.recommendation;
    json.begin_object();
    json.member("show_id", to_number(show.id));
    json.member("name", show.name);
    append_names(json, "genres", show.genres);
    json.member_or_null("summary", show.summary);
    json.member_or_null("rating", show.rating);
    json.member_or_null("type", show.type);
    json.member_or_null("language", show.language);
    json.member_or_null("network", show.network);
    json.member("similarity_score", r.score);
    json.member("genre_score", r.genre);
    json.member("text_score", r.text);
    json.member("metadata_score", r.metadata);
    json.member_or_null("web_channel", show.web_channel);
    json.member_or_null("status", show.status);
    json.member_or_null("premiered", show.premiered);
    json.member_or_null("url", show.links.url);
    append_image(json, show.links);
    append_externals(json, show.links);
    append_reasons(json, recommended.reasons);
    json.end_object();
}

void append(JsonText& json, std::span<const RecommendedShow> list) {
    json.key("recommendations");
    json.begin_array();
    for (const RecommendedShow& recommended : list) {
        append(json, recommended);
    }
    json.end_array();
}

std::string recommendations_json(ShowId show, std::span<const RecommendedShow> list) {
    JsonText json;
    json.begin_object();
    json.member("show_id", to_number(show));
    json.member("count", static_cast<std::int64_t>(list.size()));
    append(json, list);
    json.end_object();
    return json.take();
}

void append(JsonText& json, const ShowFacts& show) {
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

}  // namespace bingefriend
