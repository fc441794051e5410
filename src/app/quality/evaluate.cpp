#include "app/quality/evaluate.hpp"

#include <utility>

#include "app/quality/evaluation_text.hpp"
#include "console/standard_output.hpp"
#include "features/features.hpp"

namespace bingefriend {
namespace {

// The years of premiere of the items.
std::vector<std::optional<double>> years_of(const Catalogue& catalogue, const Likes& likes) {
    const PerPart<ValueColumn> values = show_values(catalogue);
    const ValueColumn& years = values[Part::year];
    std::vector<std::optional<double>> result;
    for (const std::uint32_t row : likes.rows()) {
        const double year = years.of(row);
        result.push_back(year == ValueColumn::none ? std::nullopt : std::optional(year));
    }
    return result;
}

std::vector<ShowId> ids_of(const Catalogue& catalogue) {
    std::vector<ShowId> ids;
    for (const Show& show : catalogue.shows) {
        ids.push_back(show.id);
    }
    return ids;
}

}  // namespace

void add_options(OptionList& list, EvaluateOptions& options) {
    append(list, {{"--ratings", &options.ratings, "Ratings as CSV; plain, gzip or zstd", "FILE", true},
                  {"--like", &options.format.like, "A user likes a show that is rated at least so",
                   Range{-1e9, 1e9}, true},
                  {"--user-column", &options.format.user_column, "Column of the users"},
                  {"--item-column", &options.format.item_column,
                   "Column of the shows: ids, imdb:tt... or thetvdb:N"},
                  {"--rating-column", &options.format.rating_column, "Column of the ratings"},
                  {"--k", &options.length, "Length of the lists that counts", Range{1, 50}},
                  {"--min-raters", &options.min_raters, "Users that must like a show that takes part",
                   Range{1, 1e9}}});
    add_options(list, options.evaluated);
    append(list, {{"--json", &options.json, "Print JSON"}});
    add_threads(list, options.threads);
}

void run_evaluate(const EvaluateOptions& options, const Environment& environment) {
    const Evaluated evaluated = read_evaluated(options.evaluated, environment);
    Ratings ratings =
        read_ratings(options.ratings, options.format, ShowKeys(evaluated.catalogue, evaluated.rows));
    const Likes likes(std::move(ratings.likes), ids_of(evaluated.catalogue), options.min_raters);
    EvaluatedLists lists =
        lists_of(evaluated, likes.ids(), options.length, options.evaluated.min_similarity, options.threads);
    MeasureSettings settings{.length = options.length, .threads = options.threads};
    std::vector<ItemGroup> groups;
    if (evaluated.has_details) {
        settings.years = years_of(evaluated.catalogue, likes);
        groups = item_groups(likes, evaluated.catalogue);
    }
    const EvaluationSummary summary{
        .like = options.format.like,
        .length = options.length,
        .min_raters = options.min_raters,
        .depths = std::move(lists.depths),
        .ratings = ratings.report,
        .evaluation = evaluation(likes, std::move(lists.lists), groups, settings)};
    if (options.json) {
        write_json_line(evaluation_json(summary));
    } else {
        print_lines(evaluation_text(summary, output_columns()));
    }
}

}  // namespace bingefriend
