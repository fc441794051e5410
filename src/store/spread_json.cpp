#include "store/spread_json.hpp"

#include <nlohmann/json.hpp>

namespace bingefriend {

std::string json_of(const ScoreSpread& spread) {
    nlohmann::json json{{"lists", spread.lists},
                        {"recommendations", spread.recommendations},
                        {"recommended_shows", spread.recommended_shows},
                        {"mean_score", spread.mean_score},
                        {"score", spread.score}};
    for (const PartDefinition& d : all_parts) {
        if (is_shown(d, spread)) {
            json[d.name] = spread.parts[d.part];
        }
    }
    return json.dump();
}

std::optional<ScoreSpread> spread_in(std::string_view text) {
    try {
        const auto json = nlohmann::json::parse(text);
        ScoreSpread spread;
        json.at("lists").get_to(spread.lists);
        json.at("recommendations").get_to(spread.recommendations);
        json.at("recommended_shows").get_to(spread.recommended_shows);
        json.at("mean_score").get_to(spread.mean_score);
        json.at("score").get_to(spread.score);
        for (const PartDefinition& d : all_parts) {
            if (d.always_shown || json.contains(d.name)) {
                json.at(d.name).get_to(spread.parts[d.part]);
            }
        }
        return spread;
    } catch (const nlohmann::json::exception&) {
        return {};
    }
}

}  // namespace bingefriend
