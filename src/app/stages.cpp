#include "app/stages.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <functional>
#include <utility>
#include <vector>

#include "app/blob_storage.hpp"
#include "app/option_values.hpp"
#include "base/error.hpp"
#include "base/times.hpp"
#include "console/log.hpp"
#include "console/progress_line.hpp"
#include "diversity/diverse_lists.hpp"
#include "diversity/franchise.hpp"
#include "features/features.hpp"
#include "files/feature_files.hpp"
#include "files/shows_csv.hpp"
#include "kernel/most_similar.hpp"
#include "packed/packed_features.hpp"
#include "recipes/recipes.hpp"

namespace bingefriend {
namespace {

std::filesystem::path csv_path(const std::filesystem::path& data_dir) {
    return data_dir / "shows_metadata.csv";
}

Seasons seasons_stage(Run& run, const FetchPlan& plan, Ingest& ingest) {
    if (!plan.seasons_from) {
        return {};
    }
    Stage stage(run, "seasons");
    Seasons seasons = fetch_seasons(plan.seasons_from->reveal(), plan.source.kind == SourceKind::tvmaze,
                                    ingest.catalogue, plan.options, std::ref(stage));
    add_seasons(ingest.report, seasons);
    run.report().fetch = ingest.report;
    print_status(fmt::format("seasons: {} shows have season summaries, {} failed ({:.2f} s)",
                             with_commas(seasons.summaries.size()), with_commas(seasons.missing),
                             stage.seconds()));
    return seasons;
}

}  // namespace

FetchPlan plan_fetch(Run& run, const SourceOptions& options, const Job& job) {
    FetchPlan plan{.source = source_choice(options, job.environment),
                   .options = fetch_options(options, job.environment)};
    plan.options.cache_dir = job.data_dir / "fetch";
    plan.options.http.stop = job.stop();
    plan.seasons_from = season_source(plan.source, options, job.environment);
    run.report().source_kind = to_string(plan.source.kind);
    run.report().source = shown_location(plan.source);
    return plan;
}

PublishingPlan plan_publishing(const PublishingOptions& options, const RecipeOptions& recipe,
                               const Environment& environment) {
    return {.choice = choose_recipe(recipe, environment),
            .ranking = {.top_n = options.top_n,
                        .min_similarity = options.min_similarity,
                        .diversity = options.diversity,
                        .max_per_franchise = options.max_per_franchise.value_or(0)},
            .limits = gate_limits(options.gate, environment),
            .force = options.gate.force,
            .keep_generations = options.keep_generations,
            .url = DatabaseUrl::parse(database_url(options.database, environment).reveal())};
}

void prepare_database(Run& run, const DatabaseUrl& url) {
    run.report().database = url.display();
    open_store(url)->migrate();
}

Catalogue fetch_stage(Run& run, const FetchPlan& plan, const std::filesystem::path& data_dir) {
    Stage stage(run, "fetch");
    const SourceChoice& source = plan.source;
    const std::string file = csv_path(data_dir).string();
    Ingest ingest = fetch_from(source, plan.options, std::ref(stage));
    run.report().fetch = ingest.report;
    run.report().catalogue = figures_of(ingest.catalogue);
    if (ingest.catalogue.shows.empty()) {
        throw Error(ErrorKind::input, "the source has no usable show", shown_location(source),
                    ingest.report.why_empty() + "; nothing was changed");
    }
    const Seasons seasons = seasons_stage(run, plan, ingest);
    for (Show& show : ingest.catalogue.shows) {
        const auto more = seasons.summaries.find(show.id);
        show.summary_text =
            summary_text(more == seasons.summaries.end() ? show.summary : show.summary + "\n" + more->second);
    }
    write_shows_csv(file, ingest.catalogue);
    print_status(fmt::format("fetched: {} shows, in {} ({:.2f} s)",
                             with_commas(ingest.catalogue.shows.size()), file, stage.seconds()));
    finish_fetch(plan.options, ingest.report);
    if (!ingest.report.cut_short.empty()) {
        throw Error(ErrorKind::input, "the source ended too early", shown_location(source),
                    fmt::format("{}: {} has its {} good shows, and nothing was published",
                                ingest.report.cut_short, file, ingest.catalogue.shows.size()));
    }
    return std::move(ingest.catalogue);
}

ComputedFeatures features_stage(Run& run, const Recipe& recipe, std::size_t threads,
                                const std::filesystem::path& data_dir, const Catalogue& catalogue) {
    Stage stage(run, "features");
    Features features = compute_features(catalogue, recipe.features, threads, std::ref(stage));
    write_features(data_dir, features, recipe);
    print_status(fmt::format("features: {} terms, {} genres, {} types for {} shows, in {} ({:.2f} s)",
                             features.vocabulary.terms.size(), features.genres.names.size(),
                             features.type.names.size(), with_commas(features.size()), data_dir.string(),
                             stage.seconds()));
    return {recipe, std::move(features)};
}

void upload_stage(Run& run, const StorageOptions& options, const Job& job) {
    Stage stage(run, "upload", ProgressUnit::bytes);
    const std::string summary = upload(options, job, std::ref(stage));
    print_status(fmt::format("{} ({:.2f} s)", summary, stage.seconds()));
}

RecommendationLists similarity_stage(Run& run, PublishingPlan& plan, std::size_t threads,
                                     const ComputedFeatures& computed) {
    Stage stage(run, "similarities");
    plan.choice.recipe = recipe_of_features(plan.choice, computed.recipe);
    plan.ranking.weights = plan.choice.recipe.weights;
    RankingSettings ranking = plan.ranking;
    ranking.top_n = chooses(ranking) ? candidates_of(ranking) : ranking.top_n;
    RecommendationLists lists = most_similar(computed.features, ranking, threads, std::ref(stage));
    print_status(fmt::format("similarities: {} recommendations for {} shows ({:.2f} s)",
                             with_commas(lists.entries.size()), with_commas(lists.size()), stage.seconds()));
    return lists;
}

RecommendationLists diversity_stage(Run& run, const PublishingPlan& plan, std::size_t threads,
                                    const Catalogue& catalogue, const Features& features,
                                    RecommendationLists rankings) {
    if (!chooses(plan.ranking)) {
        return rankings;
    }
    Stage stage(run, "diversity");
    FranchiseNumbers numbers;
    std::vector<std::uint32_t> franchises;
    for (const Show& show : catalogue.shows) {
        franchises.push_back(numbers.of(show.name));
    }
    RecommendationLists lists =
        diverse_lists(std::move(rankings), features, plan.ranking, franchises, threads, std::ref(stage));
    print_status(fmt::format("diversity: {} recommendations of {} franchises ({:.2f} s)",
                             with_commas(lists.entries.size()), with_commas(numbers.size()),
                             stage.seconds()));
    return lists;
}

void publish_stage(Run& run, const PublishingPlan& plan, Store& store, const Catalogue& catalogue,
                   Features features, const RecommendationLists& lists) {
    Stage stage(run, "publish");
    const std::string packed_features = packed({std::move(features), compute_facets(catalogue)});
    const std::vector<NameWord> words = name_words(catalogue);
    const PublishOptions options{.computed_at = iso_time(),
                                 .keep_generations = plan.keep_generations,
                                 .recipe = plan.choice.recipe.name,
                                 .feature_settings = feature_settings_json(plan.choice.recipe.features),
                                 .packed_features = packed_features,
                                 .name_words = words};
    run.report().generation = store.publish(catalogue, lists, plan.ranking, options, std::ref(stage));
    print_status(fmt::format("published: generation {} in {} ({:.2f} s)", run.report().generation->number,
                             run.report().database, stage.seconds()));
}

Catalogue load_catalogue(const std::filesystem::path& data_dir) {
    Ingest ingest = read_shows_csv(csv_path(data_dir));
    const IngestReport& report = ingest.report;
    if (report.rejected > 0 || !report.cut_short.empty()) {
        throw Error(ErrorKind::input, "the catalogue is damaged", csv_path(data_dir).string(),
                    report.cut_short.empty()
                        ? report.examples.front().position + ": " + report.examples.front().reason
                        : report.cut_short);
    }
    return std::move(ingest.catalogue);
}

ComputedFeatures load_features(const std::filesystem::path& data_dir, const Catalogue& catalogue) {
    std::vector<ShowId> ids;
    for (const Show& show : catalogue.shows) {
        ids.push_back(show.id);
    }
    FeaturesOfFiles files = read_features(data_dir, ids);
    if (!files.has_digest) {
        spdlog::warn("{}", no_digest_warning(data_dir));
    }
    files.features.values = show_values(catalogue);  // not in the files
    return {std::move(files.recipe), std::move(files.features)};
}

void load_stage(Run& run, const std::filesystem::path& data_dir, std::optional<Catalogue>& catalogue) {
    if (!catalogue) {
        const Stage stage(run, "load");
        catalogue = load_catalogue(data_dir);
    }
}

void load_stage(Run& run, const std::filesystem::path& data_dir, std::optional<Catalogue>& catalogue,
                std::optional<ComputedFeatures>& features) {
    if (!catalogue || !features) {
        const Stage stage(run, "load");
        catalogue = catalogue ? std::move(catalogue) : load_catalogue(data_dir);
        features = features ? std::move(features) : load_features(data_dir, *catalogue);
    }
    run.report().catalogue = figures_of(*catalogue);
}

}  // namespace bingefriend
