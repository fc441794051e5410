#include <cstdint>

#include "app/quality/summary.hpp"
#include "base/json_text.hpp"

namespace bingefriend {
namespace {

std::int64_t to_json_number(std::size_t number) {
    return static_cast<std::int64_t>(number);
}

void append(JsonText& json, std::string_view name, const Estimate& estimate) {
    json.key(name);
    json.begin_object();
    json.member("mean", estimate.mean);
    json.member("low", estimate.low);
    json.member("high", estimate.high);
    json.end_object();
}

void append(JsonText& json, const AgreementEstimates& estimates) {
    append(json, "ndcg", estimates.raw.ndcg);
    append(json, "recall", estimates.raw.recall);
    if (estimates.era_free) {
        json.key("era_free");
        json.begin_object();
        append(json, "ndcg", estimates.era_free->ndcg);
        append(json, "recall", estimates.era_free->recall);
        json.end_object();
    }
}

void append(JsonText& json, const ListsReport& report, std::size_t depth) {
    json.begin_object();
    json.member("name", report.name);
    if (depth > 0) {
        json.member("stored_depth", to_json_number(depth));
    }
    append(json, report.agreement);
    json.member("hit_rate", report.hit_rate);
    json.member("mean_length", report.mean_length);
    json.member("coverage", report.spread.coverage);
    json.member("gini", report.spread.gini);
    json.member("largest_hub", to_json_number(report.spread.largest_hub));
    if (report.difference) {
        json.key("difference_to_first");
        json.begin_object();
        append(json, *report.difference);
        json.end_object();
    }
    json.end_object();
}

void append(JsonText& json, const GroupReport& group, const std::vector<ListsReport>& lists) {
    json.begin_object();
    json.member("by", group.by);
    json.member("name", group.name);
    json.member("items", to_json_number(group.items));
    json.key("lists");
    json.begin_array();
    for (std::size_t set = 0; set < group.lists.size(); ++set) {
        json.begin_object();
        json.member("name", lists[set].name);
        append(json, group.lists[set]);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

void append(JsonText& json, const RatingsReport& ratings) {
    json.key("ratings");
    json.begin_object();
    json.member("rows", to_json_number(ratings.rows));
    json.member("unknown_shows", to_json_number(ratings.unknown));
    json.member("skipped", to_json_number(ratings.skipped));
    json.member_or_null("first_skipped", ratings.first_skipped);
    json.end_object();
}

void append_structures(JsonText& json, const EvaluationSummary& summary) {
    json.key("all_shows");
    json.begin_object();
    json.member("shows", to_json_number(summary.shows));
    json.key("lists");
    json.begin_array();
    for (std::size_t set = 0; set < summary.sets.size(); ++set) {
        const Structure& s = summary.structures[set];
        json.begin_object();
        json.member("name", summary.sets[set]);
        json.member("mean_length", s.mean_length);
        json.member("coverage", s.spread.coverage);
        json.member("gini", s.spread.gini);
        json.member("largest_hub", to_json_number(s.spread.largest_hub));
        json.member_or_null("genre_diversity", s.genre_diversity);
        json.member_or_null("years_apart", s.years_apart);
        json.member_or_null("overlap_with_first", s.overlap_with_first);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

void append(JsonText& json, const NamedShow& show) {
    json.begin_object();
    json.member("id", to_number(show.id));
    json.member_or_null("name", show.name);
    json.end_object();
}

void append(JsonText& json, const Example& example, const std::vector<std::string>& sets) {
    json.begin_object();
    json.key("show");
    append(json, example.show);
    json.key("lists");
    json.begin_array();
    for (std::size_t set = 0; set < sets.size(); ++set) {
        json.begin_object();
        json.member("name", sets[set]);
        json.key("entries");
        json.begin_array();
        for (const NamedShow& entry : example.lists[set]) {
            append(json, entry);
        }
        json.end_array();
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

}  // namespace

void append_rated(JsonText& json, const RatedSummary& rated, std::span<const std::size_t> depths) {
    const Evaluation& e = rated.evaluation;
    json.member("like", rated.like);
    json.member("min_raters", to_json_number(rated.min_raters));
    json.member("items", to_json_number(e.items));
    json.member("users", to_json_number(e.users));
    json.member("likes", to_json_number(e.likes));
    append(json, rated.ratings);
    json.key("lists");
    json.begin_array();
    for (std::size_t i = 0; i < e.lists.size(); ++i) {
        append(json, e.lists[i], i < depths.size() ? depths[i] : 0);
    }
    json.end_array();
    json.key("groups");
    json.begin_array();
    for (const GroupReport& group : e.groups) {
        append(json, group, e.lists);
    }
    json.end_array();
}

std::string evaluation_json(const EvaluationSummary& summary) {
    JsonText json;
    json.begin_object();
    json.member("k", to_json_number(summary.length));
    if (summary.rated) {
        append_rated(json, *summary.rated, summary.depths);
    }
    append_structures(json, summary);
    json.key("examples");
    json.begin_array();
    for (const Example& example : summary.examples) {
        append(json, example, summary.sets);
    }
    json.end_array();
    json.end_object();
    return json.take();
}

}  // namespace bingefriend
