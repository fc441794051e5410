#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/blob_storage.hpp"
#include "app/commands/command.hpp"
#include "app/stages.hpp"

namespace bingefriend {
namespace {

struct PipelineOptions {
    std::vector<std::string> steps{"fetch", "features", "populate"};
    StorageOptions storage;
    SourceOptions source;
    JobOptions job;
    std::size_t keep_runs = 30;
    RecipeOptions recipe;
    PublishingOptions publishing;
    std::size_t threads = 0;

    [[nodiscard]] bool has(std::string_view step) const {
        return std::find(steps.begin(), steps.end(), step) != steps.end();
    }
};

void add_options(OptionList& list, PipelineOptions& options) {
    append(list, {{"--steps", &options.steps, "Steps to run: fetch, features, populate",
                   Choices{"fetch", "features", "populate"}}});
    add_options(list, options.storage);
    add_options(list, options.source);
    add_options(list, options.job, "Folder of the catalogue, the feature files and the run reports");
    add_keep_runs(list, options.keep_runs);
    add_recipe(list, options.recipe);
    add_feature_settings(list, options.recipe);
    add_weights(list, options.recipe);
    add_options(list, options.publishing);
    add_threads(list, options.threads);
}

// Every setting is checked first, so that nothing fails late. A step whose predecessor does not run reads
// what that left in the data folder.
void run_steps(Run& run, const PipelineOptions& options, const Job& job) {
    std::optional<Stage> preparing(std::in_place, run, "prepare");
    PublishingPlan publishing = plan_publishing(options.publishing, options.recipe, job.environment);
    const std::optional<FetchPlan> fetch =
        options.has("fetch") ? std::optional(plan_fetch(run, options.source, job)) : std::nullopt;
    const bool uploads = options.has("features") && pipeline_uploads(options.storage, job);
    const bool writes = options.has("fetch") || options.has("features");
    const DataFolder folder(job, writes ? Hold::exclusive : Hold::shared);
    if (options.has("populate")) {
        prepare_database(run, publishing.url);
    }
    preparing.reset();

    std::optional<Catalogue> catalogue;
    std::optional<ComputedFeatures> features;
    if (fetch) {
        catalogue = fetch_stage(run, *fetch, job.data_dir);
    }
    if (options.has("features")) {
        load_stage(run, job.data_dir, catalogue);
        features = features_stage(run, publishing.choice.recipe, options.threads, job.data_dir, *catalogue);
    }
    if (uploads) {
        upload_stage(run, options.storage, job);
    }
    if (options.has("populate")) {
        load_stage(run, job.data_dir, catalogue, features);
        RecommendationLists lists = similarity_stage(run, publishing, options.threads, *features);
        lists = diversity_stage(run, publishing, options.threads, *catalogue, features->features,
                                std::move(lists));
        const std::unique_ptr<Store> store = open_store(publishing.url);
        gate_stage(run, publishing, *store, *catalogue, lists);
        publish_stage(run, publishing, *store, *catalogue, std::move(features->features), lists);
    }
}

void run_pipeline(const PipelineOptions& options, const Job& job) {
    Run run(job, options.steps, options.keep_runs);
    run.execute([&] { run_steps(run, options, job); });
}

}  // namespace

Command pipeline_command() {
    return make_job("pipeline", "Fetch shows, compute features, publish recommendations", run_pipeline);
}

}  // namespace bingefriend
