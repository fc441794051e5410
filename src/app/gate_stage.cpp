#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <optional>
#include <span>

#include "app/stages.hpp"
#include "base/error.hpp"
#include "console/log.hpp"
#include "console/progress_line.hpp"
#include "recipes/recipes.hpp"

namespace bingefriend {
namespace {

constexpr int max_attempts = 5;

Comparison compared(PublishedReader& reader, const Generation& before, const PublishingPlan& plan,
                    const Catalogue& catalogue, const RecommendationLists& lists, Stage& stage) {
    GenerationComparison comparison(catalogue, lists, plan.ranking,
                                    feature_settings_json(plan.choice.recipe.features), before);
    const auto total = 2 * static_cast<std::size_t>(before.shows);
    std::size_t done = 0;
    reader.for_each_show(before.number, [&](const ShowDetails& show) {
        comparison.add_show(show);
        stage(++done, total);
    });
    reader.for_each_list(before.number, [&](ShowId show, std::span<const Recommendation> list) {
        comparison.add_list(show, list);
        stage(++done, total);
    });
    return std::move(comparison).result();
}

// Compares with the generation that is current when the comparison ends. Empty if nothing is published.
std::optional<Comparison> compared(Store& store, const PublishingPlan& plan, const Catalogue& catalogue,
                                   const RecommendationLists& lists, Stage& stage) {
    for (int attempt = 1;; ++attempt) {
        try {
            const std::unique_ptr<PublishedReader> reader = store.reader();
            const std::optional<Generation> before = reader->current();
            if (!before) {
                return std::nullopt;
            }
            Comparison comparison = compared(*reader, *before, plan, catalogue, lists, stage);
            const std::optional<Generation> now = reader->current();
            if (now && now->number == before->number) {
                return comparison;
            }
            if (attempt == max_attempts) {
                throw Error(ErrorKind::conflict, "another run published during the comparison", "",
                            "run again");
            }
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::damaged) {  // this run repairs it
                spdlog::warn("the gate has nothing to compare with: {}", error.what());
                return std::nullopt;
            }
            // A lost connection is unavailable: try again.
            if (error.kind() != ErrorKind::unavailable || attempt == max_attempts) {
                throw;
            }
        }
    }
}

void refuse(Run& run, const Comparison& comparison) {
    run.report().outcome = Outcome::refused;
    throw Error(ErrorKind::input, "the new generation is not published",
                fmt::format("{}", fmt::join(comparison.objections, "; ")),
                fmt::format("generation {} stays current; check the source, or publish anyway with --force",
                            comparison.with_generation));
}

}  // namespace

void gate_stage(Run& run, const PublishingPlan& plan, Store& store, const Catalogue& catalogue,
                const RecommendationLists& lists) {
    Stage stage(run, "compare");
    std::optional<Comparison> found = compared(store, plan, catalogue, lists, stage);
    if (!found) {
        return;
    }
    Comparison& comparison = *found;
    comparison.objections = objections(comparison, plan.limits);
    comparison.forced = plan.force && !comparison.objections.empty();
    run.report().comparison = comparison;
    print_status(fmt::format("compared: {} shows with the {} of generation {}, {} ({:.2f} s)",
                             with_commas(comparison.now.shows), with_commas(comparison.before.shows),
                             comparison.with_generation,
                             comparison.mean_overlap ? fmt::format("overlap {:.3f}", *comparison.mean_overlap)
                                                     : "no show in common",
                             stage.seconds()));
    if (!comparison.objections.empty() && !plan.force) {
        refuse(run, comparison);
    }
}

}  // namespace bingefriend
