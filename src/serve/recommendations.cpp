// GET /shows/{show_id}/recommendations
#include <cstdint>

#include "serve/endpoints.hpp"
#include "serve/json_text.hpp"
#include "serve/numbers.hpp"

namespace bingefriend {
namespace {

void append(JsonText& json, const RecommendedShow& recommended) {
    const ShowFacts& show = recommended.facts;
    const Recommendation& r = recommended.recommendation;
    json.begin_object();
    json.member("show_id", to_number(show.id));
    json.member("name", show.name);
    json.key("genres");
    json.begin_array();
    for (const std::string& genre : show.genres) {
        json.value(genre);
    }
    json.end_array();
    json.member_or_null("summary", show.summary);
    json.member_or_null("rating", show.rating);
    json.member_or_null("type", show.type);
    json.member_or_null("language", show.language);
    json.member_or_null("network", show.network);
    json.member("similarity_score", r.score);
    json.member("genre_score", r.genre);
    json.member("text_score", r.text);
    json.member("metadata_score", r.metadata);
    json.end_object();
}

struct Wanted {
    std::int64_t n = 10;
    double min_similarity = 0.0;
};

// What is asked for, or in the error of the second what is wrong with it.
std::pair<Wanted, std::string_view> wanted(const Target& target) {
    Wanted wanted;
    if (const std::string* text = target.value("n")) {
        const std::optional<std::int64_t> n = whole_number<std::int64_t>(*text);
        if (!n || *n < 1 || *n > 50) {
            return {wanted, "n must be between 1 and 50"};
        }
        wanted.n = *n;
    }
    if (const std::string* text = target.value("min_similarity")) {
        const std::optional<double> least = whole_number<double>(*text);
        if (!least || !(*least >= 0 && *least <= 1)) {
            return {wanted, "min_similarity must be between 0 and 1"};
        }
        wanted.min_similarity = *least;
    }
    return {wanted, {}};
}

Response none_found(std::int64_t show) {
    JsonText json;
    json.begin_object();
    json.member("show_id", show);
    json.key("recommendations");
    json.begin_array();
    json.end_array();
    json.member("message", "No recommendations found for this show");
    json.end_object();
    Response response;
    response.status = 404;
    response.body = json.take();
    return response;
}

}  // namespace

Response recommendations(const Call& call) {
    const std::optional<std::int64_t> show = whole_number<std::int64_t>(call.parameter("show_id"));
    if (!show) {
        return error_response(400, "show_id must be an integer", "invalid_parameter");
    }
    const auto [asked, fault] = wanted(call.target);
    if (!fault.empty()) {
        return error_response(400, fault, "invalid_parameter");
    }
    const std::vector<RecommendedShow> list = call.source.reader().recommendations(
        ShowId{*show}, static_cast<std::size_t>(asked.n), asked.min_similarity);
    if (list.empty()) {
        return none_found(*show);
    }
    JsonText json;
    json.begin_object();
    json.member("show_id", *show);
    json.member("count", static_cast<std::int64_t>(list.size()));
    json.key("recommendations");
    json.begin_array();
    for (const RecommendedShow& recommended : list) {
        append(json, recommended);
    }
    json.end_array();
    json.end_object();
    Response response;
    response.body = json.take();
    return response;
}

}  // namespace bingefriend
