#include "app/pipeline.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "app/blob_storage.hpp"
#include "app/data_folder.hpp"
#include "app/fetching.hpp"
#include "app/gate_stage.hpp"
#include "app/interruption.hpp"
#include "app/log.hpp"
#include "app/progress_line.hpp"
#include "app/run.hpp"
#include "app/standard_output.hpp"
#include "base/error.hpp"
#include "features/features.hpp"
#include "files/feature_files.hpp"
#include "files/matrix_file.hpp"
#include "files/shows_csv.hpp"
#include "packed/packed_features.hpp"
#include "similarity/similarity.hpp"
#include "store/store.hpp"

namespace bingefriend {
namespace {

bool runs(const Options& options, std::string_view step) {
    return std::find(options.steps.begin(), options.steps.end(), step) != options.steps.end();
}

std::filesystem::path csv_path(const Options& options) {
    return options.data_dir / "shows_metadata.csv";
}

// What cannot work is found before the work begins.
struct Plan {
    RankingSettings ranking;
    GateLimits limits;
    DatabaseUrl url;
    SourceChoice source;
    FetchOptions fetch;
    std::optional<Secret> seasons_from;  // none where they are not wanted
    bool uploads = false;
    std::unique_ptr<DataFolder> folder;  // held until the steps are done
};

Seasons seasons_stage(Run& run, const Plan& plan, Ingest& ingest) {
    if (!plan.seasons_from) {
        return {};
    }
    Stage stage(run, "seasons");
    Seasons seasons = fetch_seasons(plan.seasons_from->reveal(), plan.source.kind == SourceKind::tvmaze,
                                    ingest.catalogue, plan.fetch, std::ref(stage));
    note(seasons, ingest.report);
    run.report().fetch = ingest.report;
    say(fmt::format("seasons: {} shows have a text of theirs, {} could not be had ({:.2f} s)",
                    with_commas(seasons.summaries.size()), with_commas(seasons.missing), stage.seconds()));
    return seasons;
}

Catalogue fetch_stage(Run& run, const Plan& plan, const Options& options) {
    Stage stage(run, "fetch");
    const SourceChoice& source = plan.source;
    Ingest ingest = fetch_from(source, plan.fetch, std::ref(stage));
    run.report().fetch = ingest.report;
    run.report().catalogue = figures_of(ingest.catalogue);
    if (ingest.catalogue.shows.empty()) {
        throw Error(ErrorKind::input, "the source holds no show that can be used", shown_location(source),
                    ingest.report.why_empty() + "; nothing was changed");
    }
    const Seasons seasons = seasons_stage(run, plan, ingest);
    for (Show& show : ingest.catalogue.shows) {
        const auto more = seasons.summaries.find(show.id);
        show.summary_text =
            summary_text(more == seasons.summaries.end() ? show.summary : show.summary + "\n" + more->second);
    }
    write_shows_csv(csv_path(options), ingest.catalogue);
    say(fmt::format("fetched: {} shows, in {} ({:.2f} s)", with_commas(ingest.catalogue.shows.size()),
                    csv_path(options).string(), stage.seconds()));
    conclude_fetch(plan.fetch, ingest.report);
    if (!ingest.report.cut_short.empty()) {
        throw Error(
            ErrorKind::input, "the source ended too early", shown_location(source),
            fmt::format("{}: {} has its {} good shows, and nothing was published", ingest.report.cut_short,
                        csv_path(options).string(), ingest.catalogue.shows.size()));
    }
    return std::move(ingest.catalogue);
}

Catalogue catalogue_of_files(const Options& options) {
    Ingest ingest = read_shows_csv(csv_path(options));
    const IngestReport& report = ingest.report;
    if (report.rejected > 0 || !report.cut_short.empty()) {
        throw Error(ErrorKind::input, "the catalogue is damaged", csv_path(options).string(),
                    report.cut_short.empty()
                        ? report.examples.front().position + ": " + report.examples.front().reason
                        : report.cut_short);
    }
    return std::move(ingest.catalogue);
}

std::vector<ShowId> ids_of(const Catalogue& catalogue) {
    std::vector<ShowId> ids;
    for (const Show& show : catalogue.shows) {
        ids.push_back(show.id);
    }
    return ids;
}

Features features_of_files(const Options& options, const Catalogue& catalogue) {
    FeaturesOfFiles files = read_features(options.data_dir, ids_of(catalogue));
    if (!files.has_digest) {
        spdlog::warn("{}", no_digest_warning(options.data_dir));
    }
    return std::move(files.features);
}

Features features_stage(Run& run, const Options& options, const Catalogue& catalogue) {
    Stage stage(run, "features");
    Features features = compute_features(catalogue, options.features, options.threads, std::ref(stage));
    write_features(options.data_dir, features);
    say(fmt::format("features: {} terms, {} genres, {} types for {} shows, in {} ({:.2f} s)",
                    features.vocabulary.terms.size(), features.genres.names.size(),
                    features.type.names.size(), with_commas(features.size()), options.data_dir.string(),
                    stage.seconds()));
    return features;
}

void upload_stage(Run& run, const Options& options, const Environment& environment) {
    Stage stage(run, "upload", ProgressUnit::bytes);
    const std::string done = upload(options, environment, std::ref(stage));
    say(fmt::format("{} ({:.2f} s)", done, stage.seconds()));
}

RecommendationLists similarity_stage(Run& run, const Options& options, const RankingSettings& ranking,
                                     const Features& features) {
    Stage stage(run, "similarities");
    RecommendationLists lists = most_similar(features, ranking, options.threads, std::ref(stage));
    say(fmt::format("similarities: {} recommendations for {} shows ({:.2f} s)",
                    with_commas(lists.entries.size()), with_commas(lists.size()), stage.seconds()));
    return lists;
}

void store_stage(Run& run, const Options& options, Store& store, const RankingSettings& ranking,
                 const Catalogue& catalogue, Features features, const RecommendationLists& lists) {
    Stage stage(run, "publish");
    const std::string packed_features = packed({std::move(features), compute_facets(catalogue)});
    const std::vector<NameWord> words = name_words(catalogue);
    const PublishOptions publish_options{.computed_at = time_now(),
                                         .keep_generations = options.keep_generations,
                                         .packed_features = packed_features,
                                         .name_words = words};
    run.report().generation = store.publish(catalogue, lists, ranking, publish_options, std::ref(stage));
    say(fmt::format("published: generation {} in {} ({:.2f} s)", run.report().generation->number,
                    run.report().database, stage.seconds()));
}

Plan prepare_stage(Run& run, const Options& options, const Environment& environment) {
    const Stage stage(run, "prepare");
    Plan plan{.ranking = ranking_settings(options),
              .limits = gate_limits(options, environment),
              .url = DatabaseUrl::parse(database_url(options, environment).reveal())};
    if (runs(options, "fetch")) {
        plan.source = source_choice(options, environment);
        plan.fetch = fetch_options(options, environment);
        plan.seasons_from = season_source(plan.source, options, environment);
        run.report().source_kind = name_of(plan.source.kind);
        run.report().source = shown_location(plan.source);
    }
    plan.uploads = options.is_pipeline && runs(options, "features") && pipeline_uploads(options, environment);
    const bool writes = runs(options, "fetch") || runs(options, "features");
    plan.folder = std::make_unique<DataFolder>(options, writes ? Hold::exclusive : Hold::shared);
    if (runs(options, "populate")) {
        run.report().database = plan.url.display();
        open_store(plan.url)->migrate();
    }
    return plan;
}

void run_steps(Run& run, const Options& options, const Environment& environment) {
    const Plan plan = prepare_stage(run, options, environment);
    std::optional<Catalogue> catalogue;
    std::optional<Features> features;
    if (runs(options, "fetch")) {
        catalogue = fetch_stage(run, plan, options);
    }
    if (runs(options, "features")) {
        if (!catalogue) {
            const Stage stage(run, "load");
            catalogue = catalogue_of_files(options);
        }
        features = features_stage(run, options, *catalogue);
    }
    if (plan.uploads) {
        upload_stage(run, options, environment);
    }
    if (runs(options, "populate")) {
        if (!catalogue || !features) {
            const Stage stage(run, "load");
            catalogue = catalogue ? std::move(catalogue) : catalogue_of_files(options);
            features = features ? std::move(features) : features_of_files(options, *catalogue);
        }
        run.report().catalogue = figures_of(*catalogue);
        const RecommendationLists lists = similarity_stage(run, options, plan.ranking, *features);
        const std::unique_ptr<Store> store = open_store(plan.url);
        gate_stage(run, options, plan.limits, *store, plan.ranking, *catalogue, lists);
        store_stage(run, options, *store, plan.ranking, *catalogue, std::move(*features), lists);
    }
}

}  // namespace

void run_pipeline(const Options& options, const Environment& environment) {
    Run run(options, environment);
    run.through([&] { run_steps(run, options, environment); });
}

namespace {

constexpr std::size_t most_shows_in_a_matrix = 20'000;  // 3.2 GB a matrix

void print_distribution(std::string_view part, const Distribution& d) {
    print("{:<10} {:>9.6f} {:>9.6f} {:>9.6f} {:>9.6f} {:>9.6f}\n", part, d.mean, d.standard_deviation,
          d.minimum, d.maximum, d.median);
}

void save_matrices(const Options& options, const Features& features, const Weights& weights) {
    const auto save = [&](std::optional<Part> part, std::string_view name) {
        check_stop(options.stop);
        const auto file = options.data_dir / fmt::format("{}_similarity.npy", name);
        write_matrix(file, features.size(), similarity_matrix(features, weights, part, options.threads));
        print("wrote {}\n", file.string());
    };
    for (const PartDefinition& d : all_parts) {
        save(d.part, d.name);
    }
    save(std::nullopt, "hybrid");
}

}  // namespace

void run_similarities(const Options& options) {
    const RankingSettings ranking = ranking_settings(options);
    const DataFolder folder(options, options.save_similarities ? Hold::exclusive : Hold::shared);
    const Features features = features_of_files(options, catalogue_of_files(options));
    if (options.save_similarities && features.size() > most_shows_in_a_matrix) {
        throw Error(ErrorKind::usage, fmt::format("the matrices of {} shows are too large", features.size()),
                    "", fmt::format("leave --save-similarities out above {} shows", most_shows_in_a_matrix));
    }
    ProgressLine line("similarities");
    const SimilarityStatistics statistics = similarity_statistics(
        features, ranking.weights, options.threads, until_stopped(options.stop, std::ref(line)));
    print("{} pairs of {} shows\n{:<10} {:>9} {:>9} {:>9} {:>9} {:>9}\n", with_commas(statistics.pairs),
          with_commas(features.size()), "", "mean", "std", "min", "max", "median");
    for (const PartDefinition& d : all_parts) {
        print_distribution(d.name, statistics.parts[d.part]);
    }
    print_distribution("score", statistics.score);
    if (options.save_similarities) {
        save_matrices(options, features, ranking.weights);
    }
}

}  // namespace bingefriend
