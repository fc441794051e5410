// What is published, in figures: the catalogue, the generations, how the scores are spread, the last runs.
#include "edition/overview.hpp"
#include "api/endpoints.hpp"
#include "api/service.hpp"
#include "base/json_text.hpp"
#include "bodies/show_json.hpp"

namespace bingefriend {
namespace {

void append_count(JsonText& json, std::string_view name, std::size_t count) {
    json.member(name, static_cast<std::int64_t>(count));
}

void append_counts(JsonText& json, std::string_view key, const std::vector<NamedCount>& counts) {
    json.key(key);
    json.begin_array();
    for (const NamedCount& count : counts) {
        json.begin_object();
        json.member("name", count.name);
        append_count(json, "shows", count.shows);
        json.end_object();
    }
    json.end_array();
}

template <typename Counts>
void append_histogram(JsonText& json, std::string_view key, const Counts& counts) {
    json.key(key);
    json.begin_array();
    for (const std::size_t count : counts) {
        json.value(static_cast<std::int64_t>(count));
    }
    json.end_array();
}

}  // namespace

Response catalogue(const Context& context) {
    (void)features_of(context.edition);
    const CatalogueOverview& overview = *context.edition.overview();
    JsonText json;
    json.begin_object();
    json.member("generation", overview.generation);
    append(json, overview.weights);
    append_count(json, "shows", overview.shows);
    append_count(json, "with_genres", overview.with_genres);
    append_count(json, "with_terms", overview.with_terms);
    append_count(json, "with_network", overview.with_network);
    append_count(json, "with_type", overview.with_type);
    append_count(json, "with_language", overview.with_language);
    append_count(json, "with_rating", overview.with_rating);
    append_counts(json, "genres", overview.genres);
    append_counts(json, "types", overview.types);
    append_counts(json, "languages", overview.languages);
    append_counts(json, "networks", overview.networks);
    append_counts(json, "statuses", overview.statuses);
    append_histogram(json, "ratings", overview.ratings);
    json.key("well_known");
    json.begin_array();
    for (const ShowId show : overview.well_known) {
        json.value(to_number(show));
    }
    json.end_array();
    json.end_object();
    return json_response(json);
}

Response distribution(const Context& context) {
    const std::optional<ScoreSpread> spread =
        context.edition.generation() ? context.service.reader.spread(context.edition.number()) : std::nullopt;
    if (!spread) {
        return error_response(404, "No spread of scores is published: the next run of the pipeline does it");
    }
    JsonText json;
    json.begin_object();
    append_count(json, "lists", spread->lists);
    append_count(json, "recommendations", spread->recommendations);
    append_count(json, "recommended_shows", spread->recommended_shows);
    json.member("mean_score", spread->mean_score);
    append_histogram(json, "score", spread->score);
    for (const PartDefinition& d : all_parts) {
        if (is_shown(d, *spread)) {
            append_histogram(json, d.name, spread->parts[d.part]);
        }
    }
    json.end_object();
    return json_response(json);
}

Response generations(const Context& context) {
    JsonText json;
    json.begin_object();
    json.key("generations");
    json.begin_array();
    for (const Generation& g : context.service.reader.generations()) {
        json.begin_object();
        json.member("number", g.number);
        json.member("current", g.current);
        json.member_or_null("computed_at", g.computed_at);
        json.member_or_null("published_at", g.published_at);
        json.member("shows", g.shows);
        json.member("shows_with_recommendations", g.shows_with_recommendations);
        json.member("recommendations", g.recommendations);
        append_recipe(json, g);
        append_count(json, "top_n", g.ranking.top_n);
        json.member("min_similarity", g.ranking.min_similarity);
        append_diversity(json, g);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return json_response(json);
}

Response runs(const Context& context) {
    const auto& reports = context.service.options.run_reports;
    JsonText json;
    json.begin_object();
    json.key("runs");
    json.raw(reports ? reports() : "[]");
    json.end_object();
    return json_response(json);
}

}  // namespace bingefriend
