#include "files/feature_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.hpp"
#include "files/json_count.hpp"
#include "files/refuse.hpp"
#include "recipes/recipes.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::ordered_json;

// The recipe of a file that holds only settings.
Recipe recipe_of_settings(const FeatureSettings& settings) {
    const Recipe classic;
    return {.name = settings == classic.features ? classic.name : classic.name + "-changed",
            .features = settings,
            .weights = classic.weights};
}

void read_vectorizer(const Json& json, const std::string& where, std::size_t shows, FeaturesOfFiles& files) {
    if (const std::uint64_t described = count_in(json.at("shows")); described != shows) {
        refuse_file(where, fmt::format("the features are of another catalogue, of {} shows and not these {}",
                                       described, shows));
    }
    Vocabulary& v = files.features.vocabulary;
    json.at("terms").get_to(v.terms);
    json.at("idf").get_to(v.idf);
    json.at("document_frequency").get_to(v.document_frequency);
    const Json& settings = json.at("settings");
    if (const auto recipe = json.find("recipe"); recipe != json.end()) {
        try {
            files.recipe = parse_recipe(recipe->dump(), "");
        } catch (const Error& error) {
            refuse_file(where, error.what());
        }
        v.least_length = json.at("least_length").get<double>();
    } else {
        FeatureSettings s;
        s.text.max_features = count_in(settings.at("max_features"));
        s.text.min_df = count_in(settings.at("min_df"));
        settings.at("max_df").get_to(s.text.max_df);
        s.top_n_platforms = count_in(settings.at("top_n_platforms"));
        s.top_n_languages = count_in(settings.at("top_n_languages"));
        files.recipe = recipe_of_settings(s);
    }
    if (v.idf.size() != v.terms.size() || v.document_frequency.size() != v.terms.size()) {
        refuse_file(where, "its terms, idf and document frequencies are not equally many");
    }
}

template <typename Read>
void read_json(std::string_view text, const std::string& where, Read read) {
    try {
        read(Json::parse(text));
    } catch (const Json::parse_error& e) {  // whose text holds bytes of the file, which may be no text
        refuse_file(where, fmt::format("it is not the JSON expected (at byte {})", e.byte));
    } catch (const Json::exception& e) {
        refuse_file(where, fmt::format("it is not the JSON expected ({})", e.what()));
    }
}

}  // namespace

std::string vectorizer_json(const Features& features, const Recipe& recipe, const FeatureDigest& digest) {
    const FeatureSettings& s = features.settings;
    Json json{{"terms", features.vocabulary.terms},
              {"idf", features.vocabulary.idf},
              {"document_frequency", features.vocabulary.document_frequency},
              {"shows", features.size()},
              {"digest", {{"catalogue", digest.catalogue}, {"features", digest.features}}},
              {"settings",
               {{"max_features", s.text.max_features},
                {"min_df", s.text.min_df},
                {"max_df", s.text.max_df},
                {"ngram_range", {1, s.text.max_ngram}},
                {"stop_words", "english"},
                {"strip_accents", "unicode"},
                {"smooth_idf", true},
                {"norm", "l2"},
                {"top_n_platforms", s.top_n_platforms},
                {"top_n_languages", s.top_n_languages}}}};
    if (needs_recipe(recipe.features) || recipe != recipe_of_settings(recipe.features)) {
        json["least_length"] = features.vocabulary.least_length;
        json["recipe"] = Json::parse(recipe_json(recipe));
    }
    return json.dump(1) + '\n';
}

std::string encoder_json(const Features& features) {
    const Json json{{"genres", features.genres.names},
                    {"platforms", features.platform.names},
                    {"types", features.type.names},
                    {"languages", features.language.names}};
    return json.dump(1) + '\n';
}

FeatureDigest read_vectorizer_json(std::string_view json, const std::string& where, std::size_t shows,
                                   FeaturesOfFiles& files) {
    FeatureDigest digest;
    read_json(json, where, [&](const Json& parsed) {
        read_vectorizer(parsed, where, shows, files);
        if (const auto found = parsed.find("digest"); found != parsed.end()) {
            found->at("catalogue").get_to(digest.catalogue);
            found->at("features").get_to(digest.features);
            if (digest.catalogue.empty() || digest.features.empty()) {
                refuse_file(where, "its digest is empty");
            }
        }
    });
    return digest;
}

void read_encoder_json(std::string_view json, const std::string& where, Features& features) {
    read_json(json, where, [&](const Json& parsed) {
        parsed.at("genres").get_to(features.genres.names);
        parsed.at("platforms").get_to(features.platform.names);
        parsed.at("types").get_to(features.type.names);
        parsed.at("languages").get_to(features.language.names);
    });
}

}  // namespace bingefriend
