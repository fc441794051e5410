#include "app/quality/evaluated.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/published.hpp"
#include "app/quality/computed_lists.hpp"
#include "app/recipe_choice.hpp"
#include "base/error.hpp"
#include "evaluation/report.hpp"
#include "features/features.hpp"
#include "fetch/fetch.hpp"
#include "ratings/lists_file.hpp"

namespace bingefriend {
namespace {

Show show_of(const ShowDetails& facts) {
    return {.id = facts.id,
            .name = facts.name,
            .genres = facts.genres,
            .summary = facts.summary,
            .summary_text = summary_text(facts.summary),
            .type = facts.type,
            .language = facts.language,
            .status = facts.status,
            .platform = facts.network,
            .premiered = facts.premiered,
            .rating = facts.rating,
            .links = facts.links};
}

StoredLists published_lists(PublishedReader& reader, std::int64_t generation) {
    StoredLists result{.name = "published"};
    reader.for_each_list(generation, [&](ShowId show, std::span<const Recommendation> list) {
        std::vector<ShowId> ids;
        for (const Recommendation& r : list) {
            ids.push_back(r.show);
        }
        result.lists.add(show, ids);
    });
    return result;
}

Catalogue read_catalogue(const std::filesystem::path& path) {
    Ingest ingest = fetch_file(path);
    if (ingest.catalogue.shows.empty()) {
        throw Error(ErrorKind::input, "the source has no usable show", path.string(),
                    ingest.report.why_empty());
    }
    if (!ingest.report.cut_short.empty()) {
        throw Error(ErrorKind::input, "the source ended too early", path.string(), ingest.report.cut_short);
    }
    for (Show& show : ingest.catalogue.shows) {
        show.summary_text = summary_text(show.summary);
    }
    return std::move(ingest.catalogue);
}

// The shows that have a list in every stored set.
std::vector<std::size_t> rows_with_lists(const Evaluated& evaluated) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < evaluated.catalogue.shows.size(); ++row) {
        const ShowId id = evaluated.catalogue.shows[row].id;
        if (std::all_of(evaluated.stored.begin(), evaluated.stored.end(), [&](const StoredLists& set) {
                return std::binary_search(set.lists.shows.begin(), set.lists.shows.end(), id);
            })) {
            rows.push_back(row);
        }
    }
    if (rows.empty()) {
        throw Error(ErrorKind::input, "no show has a list in every set", "",
                    "give the catalogue and the lists of the same shows");
    }
    return rows;
}

void check_sets(const EvaluatedOptions& options) {
    if (options.lists.size() + options.recipes.size() > max_sets) {
        throw Error(ErrorKind::usage, fmt::format("more than {} sets of lists", max_sets), "",
                    "compare fewer at a time");
    }
}

void read_published(const EvaluatedOptions& options, const Environment& environment, Evaluated& to) {
    const auto store = store_of(options.database, environment);
    const auto reader = store->reader();
    const std::int64_t generation = current_or_error(*reader).number;
    if (options.recipes.empty() && options.lists.empty()) {
        to.stored.push_back(published_lists(*reader, generation));
    }
    if (!options.catalogue) {
        reader->for_each_show(
            generation, [&](const ShowDetails& facts) { to.catalogue.shows.push_back(show_of(facts)); });
    }
}

}  // namespace

void add_options(OptionList& list, EvaluatedOptions& options) {
    append(list,
           {{"--catalogue", &options.catalogue, "File of the shows (default: the published shows)", "FILE"},
            {"--lists", &options.lists,
             "Files of lists, as export writes them (default: the published lists)", "FILE"},
            {"--recipe", &options.recipes, "Recipes to compute lists by", "NAME|FILE"},
            {"--min-similarity", &options.min_similarity, "Minimum score in computed lists", Range{0, 1}}});
    add_options(list, options.database);
}

Evaluated read_evaluated(const EvaluatedOptions& options, const Environment& environment) {
    check_sets(options);
    Evaluated result;
    for (const std::string& recipe : options.recipes) {
        result.recipes.push_back(load_recipe(recipe));
    }
    for (const std::string& file : options.lists) {
        result.stored.push_back({std::filesystem::path(file).filename().string(), read_lists(file)});
    }
    const bool only_ids = result.recipes.empty() && !result.stored.empty() && !options.catalogue;
    if (only_ids) {
        for (const ShowId show : result.stored.front().lists.shows) {
            result.catalogue.shows.push_back({.id = show});
        }
    } else if (!options.catalogue || (result.stored.empty() && result.recipes.empty())) {
        read_published(options, environment, result);
    }
    if (options.catalogue) {
        result.catalogue = read_catalogue(*options.catalogue);
    }
    result.has_details = !only_ids;
    result.rows = rows_with_lists(result);
    return result;
}

std::vector<ItemLists> lists_of(const Evaluated& evaluated, std::span<const ShowId> ids, std::size_t length,
                                double min_similarity, std::size_t threads) {
    std::vector<ItemLists> result;
    for (const StoredLists& set : evaluated.stored) {
        result.push_back(item_lists(set.name, set.lists, ids, length));
    }
    for (const Recipe& recipe : evaluated.recipes) {
        const Features features = features_of(evaluated.catalogue, recipe.features, ids, threads);
        const ShowLists lists = ranked_lists(features, recipe.weights, length, min_similarity, threads);
        result.push_back(item_lists(recipe.name, lists, ids, length));
    }
    return result;
}

}  // namespace bingefriend
