#include <memory>
#include <optional>
#include <utility>

#include "app/commands/command.hpp"
#include "app/stages.hpp"

namespace bingefriend {
namespace {

struct PopulateOptions {
    JobOptions job;
    std::size_t keep_runs = 30;
    RecipeOptions recipe;
    PublishingOptions publishing;
    std::size_t threads = 0;
};

void add_options(OptionList& list, PopulateOptions& options) {
    add_options(list, options.job, "Folder of the catalogue and the feature files");
    add_keep_runs(list, options.keep_runs);
    add_recipe(list, options.recipe);
    add_weights(list, options.recipe);
    add_options(list, options.publishing);
    add_threads(list, options.threads);
}

void run_populate(const PopulateOptions& options, const Job& job) {
    Run run(job, {"populate"}, options.keep_runs);
    run.execute([&] {
        std::optional<Stage> preparing(std::in_place, run, "prepare");
        PublishingPlan plan = plan_publishing(options.publishing, options.recipe, job.environment);
        const DataFolder folder(job, Hold::shared);
        prepare_database(run, plan.url);
        preparing.reset();
        std::optional<Catalogue> catalogue;
        std::optional<ComputedFeatures> features;
        load_stage(run, job.data_dir, catalogue, features);
        RecommendationLists lists = similarity_stage(run, plan, options.threads, *features);
        lists = diversity_stage(run, plan, options.threads, *catalogue, features->features, std::move(lists));
        const std::unique_ptr<Store> store = open_store(plan.url);
        gate_stage(run, plan, *store, *catalogue, lists);
        publish_stage(run, plan, *store, *catalogue, std::move(features->features), lists);
    });
}

}  // namespace

Command populate_command() {
    return make_job("populate", "Publish recommendations from the feature files", run_populate);
}

}  // namespace bingefriend
