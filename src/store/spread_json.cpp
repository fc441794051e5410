#include "store/spread_json.hpp"

#include <nlohmann/json.hpp>

namespace bingefriend {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ScoreSpread, lists, recommendations, recommended_shows, mean_score, score,
                                   genre, text, metadata)

std::string json_of(const ScoreSpread& spread) {
    return nlohmann::json(spread).dump();
}

std::optional<ScoreSpread> spread_in(std::string_view json) {
    try {
        return nlohmann::json::parse(json).get<ScoreSpread>();
    } catch (const nlohmann::json::exception&) {
        return {};
    }
}

}  // namespace bingefriend
