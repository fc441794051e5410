#include "app/pipeline.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "app/progress_line.hpp"
#include "app/quality_report.hpp"
#include "app/sample.hpp"
#include "artifacts/feature_files.hpp"
#include "artifacts/matrix_file.hpp"
#include "artifacts/shows_csv.hpp"
#include "domain/error.hpp"
#include "features/features.hpp"
#include "fetch/fetch.hpp"
#include "similarity/similarity.hpp"
#include "store/store.hpp"

namespace bingefriend {
namespace {

std::filesystem::path csv_path(const Options& options) {
    return options.data_dir / "shows_metadata.csv";
}

std::string now() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

Ingest fetched(const SourceChoice& source, const Options& options, const Progress& progress) {
    const FetchOptions fetch_options{options.max_shows, options.batch_size};
    switch (source.kind) {
        case SourceKind::file:
            return fetch_file(source.location, fetch_options, progress);
        case SourceKind::show_service:
            return fetch_show_service(source.location, fetch_options, progress);
        case SourceKind::sample:
            break;
    }
    return fetch_bytes(sample_catalogue(), "the sample catalogue", fetch_options, progress);
}

Catalogue fetch_stage(const Options& options, const Environment& environment) {
    const SourceChoice source = source_choice(options, environment);
    ProgressLine line("fetch");
    Ingest ingest = fetched(source, options, std::ref(line));
    if (ingest.catalogue.shows.empty()) {
        throw Error(ErrorKind::input, "the source holds no show that can be used", source.location,
                    fmt::format("{} records were rejected; nothing was changed", ingest.report.rejected));
    }
    for (Show& show : ingest.catalogue.shows) {
        show.summary_text = summary_text(show.summary);
    }
    write_shows_csv(csv_path(options), ingest.catalogue);
    print_quality_report(ingest, csv_path(options), line.seconds());
    if (!ingest.report.cut_short.empty()) {
        throw Error(
            ErrorKind::input, "the source ended too early", source.location,
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

Features features_stage(const Options& options, const Catalogue& catalogue) {
    ProgressLine line("features");
    Features features = compute_features(catalogue, options.features, options.threads, std::ref(line));
    write_features(options.data_dir, features);
    fmt::print("features: {} terms, {} genres, {} types for {} shows, in {} ({:.2f} s)\n",
               features.vocabulary.terms.size(), features.genres.names.size(), features.type.names.size(),
               with_commas(features.size()), options.data_dir.string(), line.seconds());
    return features;
}

RecommendationLists similarity_stage(const Options& options, const RankingSettings& ranking,
                                     const Features& features) {
    ProgressLine line("similarities");
    RecommendationLists lists = most_similar(features, ranking, options.threads, std::ref(line));
    fmt::print("similarities: {} recommendations for {} shows ({:.2f} s)\n",
               with_commas(lists.entries.size()), with_commas(lists.size()), line.seconds());
    return lists;
}

void store_stage(const Options& options, const DatabaseUrl& url, const RankingSettings& ranking,
                 const Catalogue& catalogue, const RecommendationLists& lists) {
    ProgressLine line("publish");
    const Generation generation = open_store(url)->publish(
        catalogue, lists, ranking, {.computed_at = now(), .keep_generations = options.keep_generations},
        std::ref(line));
    fmt::print("published: generation {} in {} ({:.2f} s)\n", generation.number, url.display(),
               line.seconds());
}

}  // namespace

void run_pipeline(const Options& options, const Environment& environment) {
    const auto runs = [&](std::string_view step) {
        return std::find(options.steps.begin(), options.steps.end(), step) != options.steps.end();
    };
    // What cannot work is found before the work begins.
    const RankingSettings ranking = ranking_settings(options);
    const DatabaseUrl url = DatabaseUrl::parse(database_url(options, environment));
    if (runs("populate")) {
        open_store(url)->migrate();
    }

    std::optional<Catalogue> catalogue;
    std::optional<Features> features;
    if (runs("fetch")) {
        catalogue = fetch_stage(options, environment);
    }
    if (runs("features")) {
        catalogue = catalogue ? std::move(catalogue) : catalogue_of_files(options);
        features = features_stage(options, *catalogue);
    }
    if (runs("populate")) {
        catalogue = catalogue ? std::move(catalogue) : catalogue_of_files(options);
        features = features ? std::move(features) : read_features(options.data_dir, ids_of(*catalogue));
        const RecommendationLists lists = similarity_stage(options, ranking, *features);
        store_stage(options, url, ranking, *catalogue, lists);
    }
}

namespace {

constexpr std::size_t most_shows_in_a_matrix = 20'000;  // 3.2 GB a matrix

void print_distribution(const char* part, const Distribution& d) {
    fmt::print("{:<10} {:>9.6f} {:>9.6f} {:>9.6f} {:>9.6f} {:>9.6f}\n", part, d.mean, d.standard_deviation,
               d.minimum, d.maximum, d.median);
}

void save_matrices(const Options& options, const Features& features, const Weights& weights) {
    const std::pair<Part, const char*> matrices[] = {{Part::genre, "genre_similarity.npy"},
                                                     {Part::text, "text_similarity.npy"},
                                                     {Part::metadata, "metadata_similarity.npy"},
                                                     {Part::score, "hybrid_similarity.npy"}};
    for (const auto& [part, name] : matrices) {
        write_matrix(options.data_dir / name, features.size(),
                     similarity_matrix(features, weights, part, options.threads));
        fmt::print("wrote {}\n", (options.data_dir / name).string());
    }
}

}  // namespace

void run_similarities(const Options& options) {
    const RankingSettings ranking = ranking_settings(options);
    const Features features = read_features(options.data_dir, ids_of(catalogue_of_files(options)));
    if (options.save_similarities && features.size() > most_shows_in_a_matrix) {
        throw Error(ErrorKind::usage, fmt::format("the matrices of {} shows are too large", features.size()),
                    "", fmt::format("leave --save-similarities out above {} shows", most_shows_in_a_matrix));
    }
    ProgressLine line("similarities");
    const SimilarityStatistics statistics =
        similarity_statistics(features, ranking.weights, options.threads, std::ref(line));
    fmt::print("{} pairs of {} shows\n{:<10} {:>9} {:>9} {:>9} {:>9} {:>9}\n", with_commas(statistics.pairs),
               with_commas(features.size()), "", "mean", "std", "min", "max", "median");
    print_distribution("genre", statistics.genre);
    print_distribution("text", statistics.text);
    print_distribution("metadata", statistics.metadata);
    print_distribution("score", statistics.score);
    if (options.save_similarities) {
        save_matrices(options, features, ranking.weights);
    }
}

}  // namespace bingefriend
