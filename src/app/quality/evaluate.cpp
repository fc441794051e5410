#include "app/quality/evaluate.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "app/quality/evaluation_page.hpp"
#include "app/quality/examples.hpp"
#include "app/quality/summary.hpp"
#include "base/atomic_file.hpp"
#include "console/progress_line.hpp"
#include "console/standard_output.hpp"

namespace bingefriend {
namespace {

RatedSummary rated_summary(const EvaluateOptions& options, const Evaluated& evaluated, const Years& years) {
    RatedShows rated = read_rated_shows(options.ratings, evaluated.catalogue, evaluated.rows);
    const Likes& likes = rated.likes;
    std::vector<ItemLists> lists = lists_of(evaluated, likes.ids(), std::max(options.length, ideal_items),
                                            options.evaluated.min_similarity, options.threads);
    ProgressLine line("evaluate");
    MeasureSettings settings{
        .length = options.length, .progress = std::ref(line), .threads = options.threads};
    std::vector<ItemGroup> groups;
    if (evaluated.has_details) {
        settings.years = years_at(years, likes.rows());
        groups = item_groups(likes, evaluated.catalogue, settings.years);
    }
    return {.like = *options.ratings.like,
            .min_raters = options.ratings.min_raters,
            .ratings = std::move(rated.report),
            .evaluation = evaluation(likes, std::move(lists), groups, settings)};
}

// What needs no ratings: of the lists of all shows.
void add_structures(const EvaluateOptions& options, const Evaluated& evaluated, const Years& years,
                    EvaluationSummary& summary) {
    std::vector<ShowId> ids;
    for (const std::size_t row : evaluated.rows) {
        ids.push_back(evaluated.catalogue.shows[row].id);
    }
    const std::vector<ItemLists> lists =
        lists_of(evaluated, ids, options.length, options.evaluated.min_similarity, options.threads);
    summary.shows = ids.size();
    summary.structures = structures(evaluated.catalogue, evaluated.rows, years_at(years, evaluated.rows),
                                    lists, options.length);
    summary.examples = examples(evaluated.catalogue, evaluated.rows, options.shows, lists, options.length);
}

}  // namespace

void add_options(OptionList& list, EvaluateOptions& options) {
    add_options(list, options.evaluated);
    add_options(list, options.ratings);
    append(list,
           {{"--k", &options.length, "Length of the lists that counts", Range{1, 50}},
            {"--show", &options.shows, "Shows whose lists are printed side by side: ids or names", "SHOW"},
            {"--json", &options.json, "Print JSON"},
            {"--html", &options.html, "Write a page with plots, too", "FILE"}});
    add_threads(list, options.threads);
}

void run_evaluate(const EvaluateOptions& options, const Environment& environment) {
    const bool has_ratings = options.ratings.file || options.ratings.like;
    if (has_ratings) {
        check(options.ratings);
    }
    const Evaluated evaluated = read_evaluated(options.evaluated, environment);
    const Years years = years_of(evaluated.catalogue);
    EvaluationSummary summary{.length = options.length};
    for (const StoredLists& set : evaluated.stored) {
        summary.sets.push_back(set.name);
        summary.depths.push_back(set.lists.depth());
    }
    for (const Recipe& recipe : evaluated.recipes) {
        summary.sets.push_back(recipe.name);
        summary.depths.push_back(0);
    }
    if (has_ratings) {
        summary.rated = rated_summary(options, evaluated, years);
    }
    add_structures(options, evaluated, years, summary);
    if (options.html) {
        AtomicFile page(*options.html);
        page.write(evaluation_page(summary));
        page.commit();
    }
    if (options.json) {
        write_json_line(evaluation_json(summary));
    } else {
        print_lines(evaluation_text(summary, output_columns()));
    }
}

}  // namespace bingefriend
