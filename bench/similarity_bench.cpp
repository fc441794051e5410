// Compares the kernel with the standard methods, in one process and in turn: lists, seconds, ratios, memory.
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "bench/baselines.hpp"
#include "bench/recipe.hpp"
#include "features/features.hpp"
#include "fetch/fetch.hpp"
#include "kernel/most_similar.hpp"
#include "kernel/scan.hpp"

namespace bingefriend::bench {
namespace {

struct Run {
    RecommendationLists lists;
    std::vector<double> seconds;
    double peak_mb = 0;  // above the memory of the features
    double process_mb = 0;

    [[nodiscard]] double median() const {
        std::vector<double> sorted = seconds;
        std::sort(sorted.begin(), sorted.end());
        return sorted[sorted.size() / 2];
    }
};

double status_mb(const std::string& key) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(key + ":")) {
            return std::stod(line.substr(key.size() + 1)) / 1024;
        }
    }
    return 0;
}

Run measured(std::size_t repeat, const std::function<RecommendationLists()>& work) {
    std::ofstream("/proc/self/clear_refs") << "5";  // resets the peak
    const double before = status_mb("VmRSS");
    Run run;
    for (std::size_t i = 0; i < repeat; ++i) {
        run.lists = {};
        const auto start = std::chrono::steady_clock::now();
        run.lists = work();
        run.seconds.push_back(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    run.process_mb = status_mb("VmHWM");
    run.peak_mb = run.process_mb - before;
    return run;
}

nlohmann::ordered_json described(const Run& run, const Run& ours) {
    nlohmann::ordered_json json;
    json["seconds"] = run.seconds;
    json["median"] = run.median();
    json["ratio"] = run.median() / ours.median();
    json["peak_mb"] = run.peak_mb;
    json["process_mb"] = run.process_mb;
    json["same_lists"] = run.lists.start == ours.lists.start && run.lists.entries == ours.lists.entries;
    return json;
}

const std::map<std::string, RecommendationLists (*)(const Features&, const RankingSettings&, std::size_t)>
    baselines{{"inverted-lists", by_inverted_lists},
              {"grouped-lists", by_grouped_lists},
              {"dense-blocks", by_dense_blocks}};

struct Choice {
    std::string catalogue;
    std::size_t threads = 2;
    std::size_t repeat = 3;
    std::vector<std::string> against{"inverted-lists", "grouped-lists", "dense-blocks"};
    std::string recipe = "classic";
    PerPart<std::optional<double>> weights;  // instead of the recipe's
    std::optional<std::size_t> max_text_features;
    RankingSettings ranking;
    FeatureSettings features;
};

// Sets weights and settings of the features.
void follow_recipe(Choice& choice) {
    const Recipe recipe = load_recipe(choice.recipe);
    choice.features = recipe.features;
    choice.features.text.max_features = choice.max_text_features.value_or(recipe.features.text.max_features);
    for (const PartDefinition& d : all_parts) {
        choice.ranking.weights[d.part] = choice.weights[d.part].value_or(recipe.weights[d.part]);
    }
    choice.ranking.weights = normalised(choice.ranking.weights);
}

Features features_of(const Choice& choice) {
    Ingest ingest = fetch_file(choice.catalogue);
    for (Show& show : ingest.catalogue.shows) {
        show.summary_text = summary_text(show.summary);
    }
    return compute_features(ingest.catalogue, choice.features, choice.threads);
}

int compare(const Choice& choice) {
    std::ofstream("/proc/self/clear_refs") << "5";
    const auto start = std::chrono::steady_clock::now();
    const Features features = features_of(choice);
    const std::chrono::duration<double> reading = std::chrono::steady_clock::now() - start;
    nlohmann::ordered_json report;
    report["catalogue"] = choice.catalogue;
    report["recipe"] = choice.recipe;
    report["shows"] = features.size();
    report["terms"] = features.vocabulary.terms.size();
    report["terms_a_show"] = static_cast<double>(features.text.value.size()) /
                             static_cast<double>(std::max<std::size_t>(1, features.size()));
    report["threads"] = choice.threads;
    report["top_n"] = choice.ranking.top_n;
    report["features"]["seconds"] = reading.count();  // includes reading the file
    report["features"]["process_mb"] = status_mb("VmHWM");
    const Run ours =
        measured(choice.repeat, [&] { return most_similar(features, choice.ranking, choice.threads); });
    report["kernel"] = described(ours, ours);
    bool same = true;
    for (const std::string& name : choice.against) {
        const Run run =
            measured(1, [&] { return baselines.at(name)(features, choice.ranking, choice.threads); });
        report[name] = described(run, ours);
        same = same && report[name]["same_lists"].get<bool>();
    }
    fmt::print("{}\n", report.dump(2));
    return same ? 0 : 1;
}

}  // namespace
}  // namespace bingefriend::bench

int main(int argc, char** argv) {
    using namespace bingefriend;
    CLI::App app("Times the similarity kernel, inverted indexes with heaps, and dense OpenBLAS blocks");
    bench::Choice choice;
    app.add_option("--catalogue", choice.catalogue, "A catalogue file, as for `bingefriend fetch`")
        ->required();
    app.add_option("--threads", choice.threads)->capture_default_str();
    app.add_option("--repeat", choice.repeat, "Runs of the kernel; the baselines run once")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
    app.add_option("--top-n", choice.ranking.top_n)->capture_default_str();
    app.add_option("--min-similarity", choice.ranking.min_similarity)->capture_default_str();
    app.add_option("--recipe", choice.recipe, "A built-in recipe or a JSON file")->capture_default_str();
    for (const PartDefinition& d : all_parts) {
        app.add_option(fmt::format("--{}-weight", d.name), choice.weights[d.part]);
    }
    app.add_option("--max-text-features", choice.max_text_features);
    app.add_option("--against", choice.against, "The baselines: inverted-lists, grouped-lists, dense-blocks")
        ->delimiter(',')
        ->check(CLI::IsMember(bench::baselines));
    bool alone = false;
    app.add_flag("--alone", alone, "Times only the kernel");
    std::string instruction_set;
    app.add_option("--instruction-set", instruction_set,
                   "Instruction set of the kernel, instead of the best one: AVX3, AVX2, ...");
    CLI11_PARSE(app, argc, argv);
    if (alone) {
        choice.against.clear();
    }
    try {
        bench::follow_recipe(choice);
        use_instruction_set(instruction_set);
        return bench::compare(choice);
    } catch (const std::exception& error) {
        fmt::print(stderr, "similarity_bench: {}\n", error.what());
        return 1;
    }
}
