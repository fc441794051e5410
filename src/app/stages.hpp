// The stages of the pipeline, which the commands run one after the other. Each is measured and adds what it
// did to the report of the run.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "app/fetching.hpp"
#include "app/options.hpp"
#include "app/recipe_choice.hpp"
#include "app/run.hpp"
#include "database/database_url.hpp"
#include "domain/features.hpp"
#include "domain/recommendation.hpp"
#include "domain/show.hpp"
#include "gate/gate.hpp"
#include "store/store.hpp"

namespace bingefriend {

// The plans check the options and settings before the work begins. Throw Error{usage}.

struct FetchPlan {
    SourceChoice source;
    FetchOptions options;
    std::optional<Secret> seasons_from;  // empty: no seasons
};
[[nodiscard]] FetchPlan plan_fetch(Run& run, const SourceOptions& options, const Job& job);

struct PublishingPlan {
    RecipeChoice choice;
    RankingSettings ranking;
    GateLimits limits;
    bool force = false;
    std::size_t keep_generations = 0;
    DatabaseUrl url;
};
[[nodiscard]] PublishingPlan plan_publishing(const PublishingOptions& options, const RecipeOptions& recipe,
                                             const Environment& environment);

// Brings the database to the current schema.
void prepare_database(Run& run, const DatabaseUrl& url);

// Writes shows_metadata.csv. Throws Error{input} if the source has no usable show or ended too early.
[[nodiscard]] Catalogue fetch_stage(Run& run, const FetchPlan& plan, const std::filesystem::path& data_dir);

// Features, and the recipe that they were computed by.
struct ComputedFeatures {
    Recipe recipe;
    Features features;
};

// Writes the feature files.
[[nodiscard]] ComputedFeatures features_stage(Run& run, const Recipe& recipe, std::size_t threads,
                                              const std::filesystem::path& data_dir,
                                              const Catalogue& catalogue);

void upload_stage(Run& run, const StorageOptions& options, const Job& job);

// Returns the lists, or the longer rankings from which diversity_stage chooses.  The recipe of the plan
// becomes that of the features.  Throws Error{usage} if another one was chosen.
[[nodiscard]] RecommendationLists similarity_stage(Run& run, PublishingPlan& plan, std::size_t threads,
                                                   const ComputedFeatures& computed);

// Chooses lists from the rankings of similarity_stage, if the plan asks for diversity or a limit per
// franchise.
[[nodiscard]] RecommendationLists diversity_stage(Run& run, const PublishingPlan& plan, std::size_t threads,
                                                  const Catalogue& catalogue, const Features& features,
                                                  RecommendationLists rankings);

// Compares the lists with the published generation. Throws Error{input} with every objection of the gate,
// unless plan.force. Passes if nothing is published yet.
void gate_stage(Run& run, const PublishingPlan& plan, Store& store, const Catalogue& catalogue,
                const RecommendationLists& lists);

void publish_stage(Run& run, const PublishingPlan& plan, Store& store, const Catalogue& catalogue,
                   Features features, const RecommendationLists& lists);

// Read what an earlier run wrote to the data folder. Throw Error{input} if that is missing or damaged.
[[nodiscard]] Catalogue load_catalogue(const std::filesystem::path& data_dir);
[[nodiscard]] ComputedFeatures load_features(const std::filesystem::path& data_dir,
                                             const Catalogue& catalogue);

// Loads what is still empty.
void load_stage(Run& run, const std::filesystem::path& data_dir, std::optional<Catalogue>& catalogue);
void load_stage(Run& run, const std::filesystem::path& data_dir, std::optional<Catalogue>& catalogue,
                std::optional<ComputedFeatures>& features);

}  // namespace bingefriend
