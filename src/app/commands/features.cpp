#include <optional>
#include <utility>

#include "app/commands/command.hpp"
#include "app/stages.hpp"

namespace bingefriend {
namespace {

struct FeaturesCommandOptions {
    JobOptions job;
    std::size_t keep_runs = 30;
    RecipeOptions recipe;
    std::size_t threads = 0;
};

void add_options(OptionList& list, FeaturesCommandOptions& options) {
    add_options(list, options.job, "Folder of the catalogue, where the feature files are written");
    add_keep_runs(list, options.keep_runs);
    add_recipe(list, options.recipe);
    add_feature_settings(list, options.recipe);
    add_threads(list, options.threads);
}

void run_features(const FeaturesCommandOptions& options, const Job& job) {
    Run run(job, {"features"}, options.keep_runs);
    run.execute([&] {
        std::optional<Stage> preparing(std::in_place, run, "prepare");
        const Recipe recipe = choose_recipe(options.recipe, job.environment).recipe;
        const DataFolder folder(job, Hold::exclusive);
        preparing.reset();
        std::optional<Catalogue> catalogue;
        load_stage(run, job.data_dir, catalogue);
        (void)features_stage(run, recipe, options.threads, job.data_dir, *catalogue);
    });
}

}  // namespace

Command features_command() {
    return make_job("features", "Compute the feature files from shows_metadata.csv", run_features);
}

}  // namespace bingefriend
