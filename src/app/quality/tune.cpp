#include "app/quality/tune.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include "app/quality/computed_lists.hpp"
#include "app/quality/evaluated.hpp"
#include "app/quality/summary.hpp"
#include "base/atomic_file.hpp"
#include "base/parallel.hpp"
#include "console/progress_line.hpp"
#include "console/standard_output.hpp"
#include "evaluation/learning.hpp"
#include "recipes/recipes.hpp"
#include "similarity/part_functions.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t folds = 5;
constexpr std::uint64_t seed = 0;

// Computes every part, also those that the recipe does not have.
void add_parts(std::vector<TrainingPair>& pairs, const Features& features, std::size_t threads) {
    Weights all;
    all.values.fill(1);
    in_parallel<256>(pairs.size(), threads, no_progress, [&] {
        return [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                pairs[i].parts = parts_of_pair(features, all, pairs[i].query, pairs[i].other);
            }
        };
    });
}

struct Learned {
    Weights weights;               // from all items
    std::vector<Weights> by_fold;  // from the queries of the other folds
};

Learned learn(const std::vector<TrainingPair>& pairs, std::span<const std::size_t> fold_of) {
    Learned result{.weights = learned_weights(pairs, default_penalty)};
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<TrainingPair> others;
        std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(others),
                     [&](const TrainingPair& pair) { return fold_of[pair.query] != fold; });
        result.by_fold.push_back(learned_weights(others, default_penalty));
    }
    return result;
}

// The list of each item by the weights that were learned without it as a query.
ShowLists held_out_lists(const Features& features, const Learned& learned,
                         std::span<const std::size_t> fold_of, const TuneOptions& options) {
    std::vector<ShowLists> by_fold;
    for (const Weights& weights : learned.by_fold) {
        by_fold.push_back(
            ranked_lists(features, weights, options.length, options.min_similarity, options.threads));
    }
    ShowLists result;
    for (std::size_t item = 0; item < features.size(); ++item) {
        result.add(features.ids[item], by_fold[fold_of[item]].of(item));
    }
    return result;
}

std::string weights_text(const Weights& weights) {
    std::string text;
    for (const PartDefinition& d : all_parts) {
        text += fmt::format("{}{} {:.4f}", text.empty() ? "" : ", ", d.name, weights[d.part]);
    }
    return text;
}

// Claims a change only if its interval does not include 0.
std::string change_text(const Estimate& difference, std::string_view figure, const Recipe& base) {
    const std::string_view verdict = difference.low > 0    ? "better than"
                                     : difference.high < 0 ? "worse than"
                                                           : "not certainly different from";
    return display_format("{} on held-out shows: {} {}: {:+.4f} ({:+.4f} to {:+.4f})\n", figure, verdict,
                          base.name, difference.mean, difference.low, difference.high);
}

void append(JsonText& json, std::string_view name, const Weights& weights) {
    json.key(name);
    json.begin_object();
    for (const PartDefinition& d : all_parts) {
        json.member(d.name, weights[d.part]);
    }
    json.end_object();
}

void print_json(const RatedSummary& rated, const Recipe& base, const Weights& learned) {
    JsonText json;
    json.begin_object();
    json.member("base", base.name);
    append(json, "base_weights", base.weights);
    append(json, "learned_weights", learned);
    json.member("folds", std::int64_t{folds});
    append_rated(json, rated, {});
    json.end_object();
    write_json_line(json.take());
}

void print_text(const RatedSummary& rated, const Recipe& base, const Weights& learned, std::size_t length) {
    const Evaluation& e = rated.evaluation;
    print("{} shows that {} or more users like, {} users, {} likes\n", with_commas(e.items), rated.min_raters,
          with_commas(e.users), with_commas(e.likes));
    print("weights of {}: {}\n", base.name, weights_text(base.weights));
    print("learned weights: {}\n\n", weights_text(learned));
    print_lines(measures_text(e, length, output_columns()));
    const AgreementEstimates& difference = *e.lists[1].difference;
    print_lines("\n" + change_text(difference.raw.recall, "recall", base));
    if (difference.era_free) {
        print_lines(change_text(difference.era_free->recall, "era-free recall", base));
    }
}

std::string tuned_name(const std::string& base) {
    constexpr std::string_view suffix = "-tuned";
    constexpr std::size_t max_base = 64 - suffix.size();
    return base.ends_with(suffix) ? base : base.substr(0, max_base).append(suffix);
}

// Weights of 4 decimals: more are noise.
// Returns its name.
std::string write_recipe(const std::filesystem::path& path, Recipe recipe, const Weights& learned) {
    recipe.name = tuned_name(recipe.name);
    for (const PartDefinition& d : all_parts) {
        recipe.weights[d.part] = std::round(learned[d.part] * 1e4) / 1e4;
    }
    AtomicFile file(path);
    file.write(recipe_json(recipe) + "\n");
    file.commit();
    return recipe.name;
}

}  // namespace

void add_options(OptionList& list, TuneOptions& options) {
    add_options(list, options.ratings);
    append(list,
           {{"--out", &options.output, "Recipe that is written", "FILE", true},
            {"--recipe", &options.recipe, "Recipe whose weights are learned", "NAME|FILE"},
            {"--catalogue", &options.catalogue, "File of the shows (default: the published shows)", "FILE"},
            {"--k", &options.length, "Length of the lists that counts", Range{1, 50}},
            {"--min-similarity", &options.min_similarity, "Minimum score in the lists", Range{0, 1}}});
    append(list, {{"--json", &options.json, "Print JSON"}});
    add_options(list, options.database);
    add_threads(list, options.threads);
}

void run_tune(const TuneOptions& options, const Environment& environment) {
    check(options.ratings);
    const Evaluated evaluated = read_evaluated(
        {.catalogue = options.catalogue, .recipes = {options.recipe}, .database = options.database},
        environment);
    const Recipe& base = evaluated.recipes.front();
    const RatedShows rated = read_rated_shows(options.ratings, evaluated.catalogue, evaluated.rows);
    const Likes& likes = rated.likes;
    const Years years = years_at(years_of(evaluated.catalogue), likes.rows());
    const Features features = features_of(evaluated.catalogue, base.features, likes.ids(), options.threads);
    std::vector<TrainingPair> pairs = training_pairs(likes, years, seed, options.threads);
    add_parts(pairs, features, options.threads);
    const std::vector<std::size_t> fold_of = random_folds(likes.size(), folds, seed);
    const Learned learned = learn(pairs, fold_of);
    const ShowLists before =
        ranked_lists(features, base.weights, options.length, options.min_similarity, options.threads);
    const ShowLists after = held_out_lists(features, learned, fold_of, options);
    const RatedSummary summary{
        .like = *options.ratings.like,
        .min_raters = options.ratings.min_raters,
        .ratings = rated.report,
        .evaluation = evaluation(likes,
                                 {item_lists(base.name, before, likes.ids(), options.length),
                                  item_lists("learned", after, likes.ids(), options.length)},
                                 {}, {.length = options.length, .years = years, .threads = options.threads})};
    const std::string name = write_recipe(options.output, base, learned.weights);
    if (options.json) {
        print_json(summary, base, learned.weights);
    } else {
        print_text(summary, base, learned.weights, options.length);
        print("wrote the recipe {} to {}\n", name, options.output.string());
    }
}

}  // namespace bingefriend
