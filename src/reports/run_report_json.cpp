// Run report <-> JSON.  One list of members per type serves both directions.
#include <concepts>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

#include "base/error.hpp"
#include "reports/run_reports.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::ordered_json;

constexpr int report_format = 1;

// The type, const when it is written.
template <typename Value, typename Type>
concept Is = std::same_as<std::remove_const_t<Value>, Type>;

void members(auto& json, Is<Rejection> auto& rejection) {
    json.member("position", rejection.position);
    json.member("reason", rejection.reason);
}

void members(auto& json, Is<IngestReport> auto& fetch) {
    json.member("records", fetch.records);
    json.member("pages", fetch.pages);
    json.member("kept_pages", fetch.kept_pages);
    json.member("retries", fetch.retries);
    json.member("with_seasons", fetch.with_seasons);
    json.member("without_seasons", fetch.without_seasons);
    json.member("duplicates", fetch.duplicates);
    json.member("rejected", fetch.rejected);
    json.member("rejected_by_reason", fetch.rejected_by_reason);
    json.member("rejected_examples", fetch.examples);
    json.member("warnings", fetch.warnings);
    json.text_or_null("cut_short", fetch.cut_short);
}

void members(auto& json, Is<CatalogueFigures> auto& catalogue) {
    json.member("shows", catalogue.shows);
    json.member("with_genres", catalogue.with_genres);
    json.member("with_summary", catalogue.with_summary);
    json.member("with_rating", catalogue.with_rating);
    json.member("with_platform", catalogue.with_platform);
    json.member("with_type", catalogue.with_type);
    json.member("with_language", catalogue.with_language);
}

void members(auto& json, Is<StageReport> auto& stage) {
    json.member("name", stage.name);
    json.member("seconds", stage.seconds);
    json.member("peak_memory_bytes", stage.peak_memory_bytes);
}

void members(auto& json, Is<GenerationFigures> auto& generation) {
    json.member("shows", generation.shows);
    json.member("with_genres", generation.with_genres);
    json.member("with_summary", generation.with_summary);
    json.member("with_recommendations", generation.with_recommendations);
}

void members(auto& json, Is<ChangedShow> auto& show) {
    json.member("id", show.id);
    json.member("name", show.name);
    json.member("overlap", show.overlap);
    json.member("before", show.before);
    json.member("now", show.now);
}

void members(auto& json, Is<Comparison> auto& comparison) {
    json.member("with_generation", comparison.with_generation);
    json.member("before", comparison.before);
    json.member("now", comparison.now);
    json.member("shows_added", comparison.shows_added);
    json.member("shows_removed", comparison.shows_removed);
    json.member("mean_overlap", comparison.mean_overlap);
    json.member("compared", comparison.compared);
    json.member("same_ranking", comparison.same_ranking);
    json.member("changed_most", comparison.changed_most);
    json.member("objections", comparison.objections);
    json.member("forced", comparison.forced);
}

void members(auto& json, Is<Weights> auto& weights) {
    for (const PartDefinition& d : all_parts) {
        if constexpr (std::is_const_v<std::remove_reference_t<decltype(weights)>>) {
            if (is_shown(d, weights)) {
                json.member(std::string(d.name), weights[d.part]);
            }
        } else {
            weights[d.part] = 0;
            json.member(std::string(d.name), weights[d.part]);
        }
    }
}

void members(auto& json, Is<Generation> auto& generation) {
    json.member("number", generation.number);
    json.member("computed_at", generation.computed_at);
    json.member("published_at", generation.published_at);
    json.member("shows", generation.shows);
    json.member("shows_with_recommendations", generation.shows_with_recommendations);
    json.member("recommendations", generation.recommendations);
    json.member("recipe", generation.recipe);
    json.member("weights", generation.ranking.weights);
    json.json_or_null("feature_settings", generation.feature_settings);
    json.member("top_n", generation.ranking.top_n);
    json.member("min_similarity", generation.ranking.min_similarity);
    json.member("diversity", generation.ranking.diversity);
    json.member("max_per_franchise", generation.ranking.max_per_franchise);
}

void members(auto& json, Is<RunReport> auto& report) {
    json.member("run", report.id);
    json.member("version", report.version);
    json.member("started_at", report.started_at);
    json.text_or_null("ended_at", report.ended_at);
    json.member("seconds", report.seconds);
    json.member("steps", report.steps);
    json.member("outcome", report.outcome);
    json.text_or_null("failed_stage", report.failed_stage);
    json.text_or_null("error", report.error);
    json.object("source", [&](auto& source) {
        source.text_or_null("kind", report.source_kind);
        source.text_or_null("location", report.source);
    });
    json.text_or_null("database", report.database);
    json.member("fetch", report.fetch);
    json.member("catalogue", report.catalogue);
    json.member("stages", report.stages);
    json.member("comparison", report.comparison);
    json.member("generation", report.generation);
}

class Writer {
  public:
    explicit Writer(Json& json) : json_(json) {}

    void member(const std::string& key, const auto& value) { json_[key] = json_of(value); }
    void text_or_null(const std::string& key, const std::string& text) {
        json_[key] = text.empty() ? Json() : Json(text);
    }
    void json_or_null(const std::string& key, const std::string& text) {
        json_[key] = text.empty() ? Json() : Json::parse(text);
    }
    void object(const std::string& key, const auto& add_members) {
        Writer writer(json_[key]);
        add_members(writer);
    }

  private:
    template <typename Value>
    static Json json_of(const Value& value) {
        if constexpr (std::is_constructible_v<Json, const Value&>) {
            return value;
        } else {
            Json json = Json::object();
            Writer writer(json);
            members(writer, value);
            return json;
        }
    }
    static Json json_of(ShowId id) { return to_number(id); }
    static Json json_of(Outcome outcome) { return name_of(outcome); }
    template <typename Value>
    static Json json_of(const std::optional<Value>& value) {
        return value ? json_of(*value) : Json();
    }
    template <typename Value>
    static Json json_of(const std::vector<Value>& values) {
        Json json = Json::array();
        for (const Value& value : values) {
            json.push_back(json_of(value));
        }
        return json;
    }

    Json& json_;
};

// A member that is missing leaves a number or a list of texts as it is and any other text empty.
class Reader {
  public:
    explicit Reader(const Json& json) : json_(json) {}

    void member(const std::string& key, auto& value) const { read(key, value); }
    void text_or_null(const std::string& key, std::string& text) const { read(key, text); }
    void json_or_null(const std::string& key, std::string& text) const {
        const auto at = json_.find(key);
        text = at == json_.end() || at->is_null() ? std::string() : at->dump();
    }
    void object(const std::string& key, const auto& read_members) const {
        const Reader reader(json_.at(key));
        read_members(reader);
    }

  private:
    template <typename Value>
    void read(const std::string& key, Value& value) const {
        if constexpr (requires { json_.get<Value>(); }) {
            value = json_.value(key, value);
        } else {
            read_members(json_.at(key), value);
        }
    }
    void read(const std::string& key, std::string& text) const {
        const auto at = json_.find(key);
        text = at == json_.end() || at->is_null() ? std::string() : at->get<std::string>();
    }
    void read(const std::string& key, std::map<std::string, std::size_t>& counts) const {
        json_.at(key).get_to(counts);
    }
    void read(const std::string& key, ShowId& id) const { id = ShowId{json_.value(key, std::int64_t{})}; }
    void read(const std::string& key, Outcome& outcome) const {
        std::string name;
        read(key, name);
        outcome = parse_outcome(name);
    }
    void read(const std::string& key, std::vector<ShowId>& ids) const {
        for (const Json& number : json_.at(key)) {
            ids.push_back(ShowId{number.get<std::int64_t>()});
        }
    }
    template <typename Value>
    void read(const std::string& key, std::optional<Value>& value) const {
        if (const auto at = json_.find(key); at != json_.end() && !at->is_null()) {
            read_members(*at, value.emplace());
        }
    }
    void read(const std::string& key, std::optional<double>& number) const {
        if (const auto at = json_.find(key); at != json_.end() && !at->is_null()) {
            number = at->get<double>();
        }
    }
    template <typename Value>
    void read(const std::string& key, std::vector<Value>& values) const {
        if constexpr (std::is_same_v<Value, std::string>) {
            values = json_.value(key, values);
        } else {
            for (const Json& json : json_.at(key)) {
                read_members(json, values.emplace_back());
            }
        }
    }
    static void read_members(const Json& json, auto& value) {
        const Reader reader(json);
        members(reader, value);
    }

    static Outcome parse_outcome(const std::string& name) {
        for (const Outcome outcome : {Outcome::running, Outcome::done, Outcome::published, Outcome::refused,
                                      Outcome::failed, Outcome::interrupted}) {
            if (name_of(outcome) == name) {
                return outcome;
            }
        }
        throw Error(ErrorKind::input, "a run report has an outcome that this version does not know", name);
    }

    const Json& json_;
};

}  // namespace

std::string json_of(const RunReport& report, JsonLayout layout) {
    Json json{{"format", report_format}};
    Writer writer(json);
    members(writer, report);
    return json.dump(layout == JsonLayout::indented ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

RunReport run_report_in(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        RunReport report{.id = json.at("run").get<std::string>()};
        const Reader reader(json);
        members(reader, report);
        return report;
    } catch (const Json::exception&) {
        throw Error(ErrorKind::input, "this is not a run report");
    }
}

}  // namespace bingefriend
