#include <fmt/format.h>

#include <functional>
#include <optional>
#include <string_view>

#include "app/commands/command.hpp"
#include "app/option_values.hpp"
#include "app/stages.hpp"
#include "base/error.hpp"
#include "console/progress_line.hpp"
#include "console/standard_output.hpp"
#include "files/matrix_file.hpp"
#include "similarity/similarity.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_matrix_shows = 20'000;  // 3.2 GB per matrix

struct SimilaritiesOptions {
    bool save_similarities = false;
    JobOptions job;
    RecipeOptions recipe;
    std::size_t threads = 0;
};

void add_options(OptionList& list, SimilaritiesOptions& options) {
    append(list, {{"--save-similarities", &options.save_similarities,
                   "Also write the full matrices as .npy (up to 20,000 shows)"}});
    add_options(list, options.job, "Folder of the feature files, where the matrices are written");
    add_recipe(list, options.recipe);
    add_weights(list, options.recipe);
    add_threads(list, options.threads);
}

void print_statistics(std::string_view part, const Distribution& d) {
    print("{:<10} {:>9.6f} {:>9.6f} {:>9.6f} {:>9.6f} {:>9.6f}\n", part, d.mean, d.standard_deviation,
          d.minimum, d.maximum, d.median);
}

void save_matrices(const Features& features, const Weights& weights, std::size_t threads, const Job& job) {
    const auto save = [&](std::optional<Part> part, std::string_view name) {
        check_stop(job.stop());
        const auto file = job.data_dir / fmt::format("{}_similarity.npy", name);
        write_matrix(file, features.size(), similarity_matrix(features, weights, part, threads));
        print("wrote {}\n", file.string());
    };
    for (const PartDefinition& d : shown_parts(weights)) {
        save(d.part, d.name);
    }
    save(std::nullopt, "hybrid");
}

void run_similarities(const SimilaritiesOptions& options, const Job& job) {
    const RecipeChoice choice = choose_recipe(options.recipe, job.environment);
    const DataFolder folder(job, options.save_similarities ? Hold::exclusive : Hold::shared);
    const ComputedFeatures computed = load_features(job.data_dir, load_catalogue(job.data_dir));
    const Features& features = computed.features;
    const Weights weights = recipe_of_features(choice, computed.recipe).weights;
    if (options.save_similarities && features.size() > max_matrix_shows) {
        throw Error(ErrorKind::usage, fmt::format("the matrices of {} shows are too large", features.size()),
                    "", fmt::format("remove --save-similarities; the limit is {} shows", max_matrix_shows));
    }
    ProgressLine line("similarities");
    const SimilarityStatistics statistics =
        similarity_statistics(features, weights, options.threads, until_stopped(job.stop(), std::ref(line)));
    print("{} pairs of {} shows\n{:<10} {:>9} {:>9} {:>9} {:>9} {:>9}\n", with_commas(statistics.pairs),
          with_commas(features.size()), "", "mean", "std", "min", "max", "median");
    for (const PartDefinition& d : shown_parts(weights)) {
        print_statistics(d.name, statistics.parts[d.part]);
    }
    print_statistics("score", statistics.score);
    if (options.save_similarities) {
        save_matrices(features, weights, options.threads, job);
    }
}

}  // namespace

Command similarities_command() {
    return make_job("similarities", "Print statistics of the similarities of all pairs", run_similarities);
}

}  // namespace bingefriend
