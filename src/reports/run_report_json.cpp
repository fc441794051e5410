// The report of a run as JSON, and back.
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.hpp"
#include "reports/run_reports.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::ordered_json;

constexpr int report_format = 1;

Json text_or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

template <typename Value, typename ToJson>
Json optional_json(const std::optional<Value>& value, ToJson to_json) {
    return value ? to_json(*value) : Json();
}

Json json_of_fetch(const IngestReport& fetch) {
    Json by_reason = Json::object();
    for (const auto& [reason, count] : fetch.rejected_by_reason) {
        by_reason[reason] = count;
    }
    Json examples = Json::array();
    for (const Rejection& rejection : fetch.examples) {
        examples.push_back({{"position", rejection.position}, {"reason", rejection.reason}});
    }
    return {{"records", fetch.records},           {"pages", fetch.pages},
            {"kept_pages", fetch.kept_pages},     {"retries", fetch.retries},
            {"with_seasons", fetch.with_seasons}, {"without_seasons", fetch.without_seasons},
            {"duplicates", fetch.duplicates},     {"rejected", fetch.rejected},
            {"rejected_by_reason", by_reason},    {"rejected_examples", examples},
            {"warnings", fetch.warnings},         {"cut_short", text_or_null(fetch.cut_short)}};
}

Json json_of_catalogue(const CatalogueFigures& c) {
    return {{"shows", c.shows},
            {"with_genres", c.with_genres},
            {"with_summary", c.with_summary},
            {"with_rating", c.with_rating},
            {"with_platform", c.with_platform},
            {"with_type", c.with_type},
            {"with_language", c.with_language}};
}

Json json_of_figures(const GenerationFigures& g) {
    return {{"shows", g.shows},
            {"with_genres", g.with_genres},
            {"with_summary", g.with_summary},
            {"with_recommendations", g.with_recommendations}};
}

Json numbers_of(const std::vector<ShowId>& ids) {
    Json numbers = Json::array();
    for (const ShowId id : ids) {
        numbers.push_back(to_number(id));
    }
    return numbers;
}

Json json_of_comparison(const Comparison& c) {
    Json changed = Json::array();
    for (const ChangedShow& show : c.changed_most) {
        changed.push_back({{"id", to_number(show.id)},
                           {"name", show.name},
                           {"overlap", show.overlap},
                           {"before", numbers_of(show.before)},
                           {"now", numbers_of(show.now)}});
    }
    return {{"with_generation", c.with_generation},
            {"before", json_of_figures(c.before)},
            {"now", json_of_figures(c.now)},
            {"shows_added", c.shows_added},
            {"shows_removed", c.shows_removed},
            {"mean_overlap", c.mean_overlap ? Json(*c.mean_overlap) : Json()},
            {"compared", c.compared},
            {"same_ranking", c.same_ranking},
            {"changed_most", changed},
            {"objections", c.objections},
            {"forced", c.forced}};
}

Json json_of_generation(const Generation& g) {
    Json weights = Json::object();
    for (const PartDefinition& d : shown_parts(g.ranking.weights)) {
        weights[std::string(d.name)] = g.ranking.weights[d.part];
    }
    return {{"number", g.number},
            {"computed_at", g.computed_at},
            {"published_at", g.published_at},
            {"shows", g.shows},
            {"shows_with_recommendations", g.shows_with_recommendations},
            {"recommendations", g.recommendations},
            {"weights", std::move(weights)},
            {"top_n", g.ranking.top_n},
            {"min_similarity", g.ranking.min_similarity}};
}

std::string text_in(const Json& json, const char* key) {
    const auto at = json.find(key);
    return at == json.end() || at->is_null() ? std::string() : at->get<std::string>();
}

template <typename Value, typename FromJson>
std::optional<Value> optional_in(const Json& json, const char* key, FromJson from_json) {
    const auto at = json.find(key);
    return at == json.end() || at->is_null() ? std::nullopt : std::optional<Value>(from_json(*at));
}

IngestReport fetch_in(const Json& json) {
    IngestReport fetch;
    fetch.records = json.value("records", fetch.records);
    fetch.pages = json.value("pages", fetch.pages);
    fetch.kept_pages = json.value("kept_pages", fetch.kept_pages);
    fetch.retries = json.value("retries", fetch.retries);
    fetch.with_seasons = json.value("with_seasons", fetch.with_seasons);
    fetch.without_seasons = json.value("without_seasons", fetch.without_seasons);
    fetch.duplicates = json.value("duplicates", fetch.duplicates);
    fetch.rejected = json.value("rejected", fetch.rejected);
    for (const auto& [reason, count] : json.at("rejected_by_reason").items()) {
        fetch.rejected_by_reason[reason] = count.get<std::size_t>();
    }
    for (const Json& example : json.at("rejected_examples")) {
        fetch.examples.push_back({text_in(example, "position"), text_in(example, "reason")});
    }
    fetch.warnings = json.value("warnings", fetch.warnings);
    fetch.cut_short = text_in(json, "cut_short");
    return fetch;
}

CatalogueFigures catalogue_in(const Json& json) {
    return {json.value("shows", std::size_t{}),         json.value("with_genres", std::size_t{}),
            json.value("with_summary", std::size_t{}),  json.value("with_rating", std::size_t{}),
            json.value("with_platform", std::size_t{}), json.value("with_type", std::size_t{}),
            json.value("with_language", std::size_t{})};
}

GenerationFigures figures_in(const Json& json) {
    return {json.value("shows", std::size_t{}), json.value("with_genres", std::size_t{}),
            json.value("with_summary", std::size_t{}), json.value("with_recommendations", std::size_t{})};
}

std::vector<ShowId> ids_in(const Json& json) {
    std::vector<ShowId> ids;
    for (const Json& number : json) {
        ids.push_back(ShowId{number.get<std::int64_t>()});
    }
    return ids;
}

Comparison comparison_in(const Json& json) {
    Comparison c;
    c.with_generation = json.value("with_generation", c.with_generation);
    c.before = figures_in(json.at("before"));
    c.now = figures_in(json.at("now"));
    c.shows_added = json.value("shows_added", c.shows_added);
    c.shows_removed = json.value("shows_removed", c.shows_removed);
    c.mean_overlap = optional_in<double>(json, "mean_overlap", [](const Json& j) { return j.get<double>(); });
    c.compared = json.value("compared", c.compared);
    c.same_ranking = json.value("same_ranking", c.same_ranking);
    for (const Json& show : json.at("changed_most")) {
        c.changed_most.push_back({ShowId{show.value("id", std::int64_t{})}, text_in(show, "name"),
                                  show.value("overlap", 0.0), ids_in(show.at("before")),
                                  ids_in(show.at("now"))});
    }
    c.objections = json.value("objections", c.objections);
    c.forced = json.value("forced", c.forced);
    return c;
}

Generation generation_in(const Json& json) {
    Generation g;
    g.number = json.value("number", g.number);
    g.computed_at = text_in(json, "computed_at");
    g.published_at = text_in(json, "published_at");
    g.shows = json.value("shows", g.shows);
    g.shows_with_recommendations = json.value("shows_with_recommendations", g.shows_with_recommendations);
    g.recommendations = json.value("recommendations", g.recommendations);
    const Json& weights = json.at("weights");
    for (const PartDefinition& d : all_parts) {
        g.ranking.weights[d.part] = weights.value(std::string(d.name), 0.0);
    }
    g.ranking.top_n = json.value("top_n", g.ranking.top_n);
    g.ranking.min_similarity = json.value("min_similarity", g.ranking.min_similarity);
    return g;
}

Outcome outcome_named(const std::string& name) {
    for (const Outcome outcome : {Outcome::running, Outcome::done, Outcome::published, Outcome::refused,
                                  Outcome::failed, Outcome::interrupted}) {
        if (name_of(outcome) == name) {
            return outcome;
        }
    }
    throw Error(ErrorKind::input, "a report of a run has an outcome that this version does not know", name);
}

RunReport report_in(const Json& json) {
    RunReport report;
    report.id = json.at("run").get<std::string>();
    report.version = text_in(json, "version");
    report.started_at = text_in(json, "started_at");
    report.ended_at = text_in(json, "ended_at");
    report.seconds = json.value("seconds", 0.0);
    report.steps = json.value("steps", report.steps);
    report.outcome = outcome_named(text_in(json, "outcome"));
    report.failed_stage = text_in(json, "failed_stage");
    report.error = text_in(json, "error");
    const Json& source = json.at("source");
    report.source_kind = text_in(source, "kind");
    report.source = text_in(source, "location");
    report.database = text_in(json, "database");
    report.fetch = optional_in<IngestReport>(json, "fetch", fetch_in);
    report.catalogue = optional_in<CatalogueFigures>(json, "catalogue", catalogue_in);
    for (const Json& stage : json.at("stages")) {
        report.stages.push_back({text_in(stage, "name"), stage.value("seconds", 0.0),
                                 stage.value("peak_memory_bytes", std::uint64_t{})});
    }
    report.comparison = optional_in<Comparison>(json, "comparison", comparison_in);
    report.generation = optional_in<Generation>(json, "generation", generation_in);
    return report;
}

}  // namespace

std::string json_of(const RunReport& report, JsonLayout layout) {
    Json stages = Json::array();
    for (const StageReport& stage : report.stages) {
        stages.push_back({{"name", stage.name},
                          {"seconds", stage.seconds},
                          {"peak_memory_bytes", stage.peak_memory_bytes}});
    }
    const Json json = {
        {"format", report_format},
        {"run", report.id},
        {"version", report.version},
        {"started_at", report.started_at},
        {"ended_at", text_or_null(report.ended_at)},
        {"seconds", report.seconds},
        {"steps", report.steps},
        {"outcome", name_of(report.outcome)},
        {"failed_stage", text_or_null(report.failed_stage)},
        {"error", text_or_null(report.error)},
        {"source", {{"kind", text_or_null(report.source_kind)}, {"location", text_or_null(report.source)}}},
        {"database", text_or_null(report.database)},
        {"fetch", optional_json(report.fetch, json_of_fetch)},
        {"catalogue", optional_json(report.catalogue, json_of_catalogue)},
        {"stages", stages},
        {"comparison", optional_json(report.comparison, json_of_comparison)},
        {"generation", optional_json(report.generation, json_of_generation)}};
    return json.dump(layout == JsonLayout::indented ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

RunReport run_report_in(std::string_view text) {
    try {
        return report_in(Json::parse(text));
    } catch (const Json::exception&) {
        throw Error(ErrorKind::input, "this is no report of a run");
    }
}

}  // namespace bingefriend
