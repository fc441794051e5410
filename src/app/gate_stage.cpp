#include "app/gate_stage.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/log.hpp"
#include "app/progress_line.hpp"
#include "app/run.hpp"
#include "base/error.hpp"

namespace bingefriend {
namespace {

constexpr int attempts = 5;

Comparison compared(PublishedReader& reader, const Generation& before, const RankingSettings& ranking,
                    const Catalogue& catalogue, const RecommendationLists& lists, Stage& stage) {
    GenerationComparison comparison(catalogue, lists, ranking, before);
    const auto total = 2 * static_cast<std::size_t>(before.shows);
    std::size_t done = 0;
    reader.for_each_show([&](const ShowFacts& show) {
        comparison.add_show(show);
        stage(++done, total);
    });
    reader.for_each_list([&](ShowId show, std::span<const Recommendation> list) {
        comparison.add_list(show, list);
        stage(++done, total);
    });
    return std::move(comparison).result();
}

// With the generation that is published when the comparison ends; none where nothing is.
std::optional<Comparison> compared(Store& store, const RankingSettings& ranking, const Catalogue& catalogue,
                                   const RecommendationLists& lists, Stage& stage) {
    for (int attempt = 1;; ++attempt) {
        try {
            const std::unique_ptr<PublishedReader> reader = store.reader();
            const std::optional<Generation> before = reader->current();
            if (!before) {
                return std::nullopt;
            }
            Comparison comparison = compared(*reader, *before, ranking, catalogue, lists, stage);
            const std::optional<Generation> now = reader->current();
            if (now && now->number == before->number) {
                return comparison;
            }
            if (attempt == attempts) {
                throw Error(ErrorKind::conflict, "others publish while this run compares", "", "run again");
            }
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::damaged) {  // this run repairs it
                spdlog::warn("the gate has nothing to compare with: {}", error.what());
                return std::nullopt;
            }
            // A connection that was lost in the middle of an answer.
            if (error.kind() != ErrorKind::unavailable || attempt == attempts) {
                throw;
            }
        }
    }
}

void refuse(Run& run, const Comparison& comparison) {
    run.report().outcome = Outcome::refused;
    throw Error(
        ErrorKind::input, "the new generation is not published",
        fmt::format("{}", fmt::join(comparison.objections, "; ")),
        fmt::format("generation {} stays; see what the source gave, or publish all the same with --force",
                    comparison.with_generation));
}

}  // namespace

void gate_stage(Run& run, const Options& options, const GateLimits& limits, Store& store,
                const RankingSettings& ranking, const Catalogue& catalogue,
                const RecommendationLists& lists) {
    Stage stage(run, "compare");
    std::optional<Comparison> found = compared(store, ranking, catalogue, lists, stage);
    if (!found) {
        return;
    }
    Comparison& comparison = *found;
    comparison.objections = objections(comparison, limits);
    comparison.forced = options.force && !comparison.objections.empty();
    run.report().comparison = comparison;
    say(fmt::format("compared: {} shows with the {} of generation {}, {} ({:.2f} s)",
                    with_commas(comparison.now.shows), with_commas(comparison.before.shows),
                    comparison.with_generation,
                    comparison.mean_overlap ? fmt::format("overlap {:.3f}", *comparison.mean_overlap)
                                            : "no show in common",
                    stage.seconds()));
    if (!comparison.objections.empty() && !options.force) {
        refuse(run, comparison);
    }
}

}  // namespace bingefriend
