#include "app/quality/evaluated.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/published.hpp"
#include "base/error.hpp"
#include "evaluation/report.hpp"
#include "features/features.hpp"
#include "fetch/fetch.hpp"
#include "ratings/lists_file.hpp"

namespace bingefriend {
namespace {

Show show_of(const ShowFacts& facts) {
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

NamedLists published_lists(PublishedReader& reader, std::int64_t generation) {
    NamedLists result{.name = "published"};
    reader.for_each_list(generation, [&](ShowId show, std::span<const Recommendation> list) {
        std::vector<ShowId> ids;
        for (const Recommendation& r : list) {
            ids.push_back(r.show);
        }
        result.lists.add(show, ids);
    });
    result.depth = result.lists.depth();
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

// Leaves the shows that have a list in every set.
void keep_shows_with_lists(Evaluated& evaluated) {
    std::erase_if(evaluated.catalogue.shows, [&](const Show& show) {
        return !std::all_of(evaluated.lists.begin(), evaluated.lists.end(), [&](const NamedLists& set) {
            return std::binary_search(set.lists.shows.begin(), set.lists.shows.end(), show.id);
        });
    });
    if (evaluated.catalogue.shows.empty()) {
        throw Error(ErrorKind::input, "no show has a list in every set", "",
                    "give the catalogue and the lists of the same shows");
    }
}

}  // namespace

void add_options(OptionList& list, EvaluatedOptions& options) {
    append(list,
           {{"--catalogue", &options.catalogue, "File of the shows, for their years of premiere", "FILE"},
            {"--lists", &options.lists,
             "Files of lists, as export writes them (default: the published lists)", "FILE"}});
    add_options(list, options.database);
}

Evaluated read_evaluated(const EvaluatedOptions& options, const Environment& environment) {
    if (options.lists.size() > max_sets) {
        throw Error(ErrorKind::usage, fmt::format("more than {} sets of lists", max_sets), "",
                    "compare fewer at a time");
    }
    Evaluated result;
    for (const std::string& file : options.lists) {
        NamedLists set{.name = std::filesystem::path(file).filename().string(), .lists = read_lists(file)};
        set.depth = set.lists.depth();
        result.lists.push_back(std::move(set));
    }
    if (options.lists.empty()) {
        const auto store = store_of(options.database, environment);
        const auto reader = store->reader();
        const std::int64_t generation = current_or_error(*reader).number;
        result.lists.push_back(published_lists(*reader, generation));
        if (!options.catalogue) {
            reader->for_each_show(generation, [&](const ShowFacts& facts) {
                result.catalogue.shows.push_back(show_of(facts));
            });
        }
    } else if (!options.catalogue) {
        for (const ShowId show : result.lists.front().lists.shows) {
            result.catalogue.shows.push_back({.id = show});
        }
    }
    if (options.catalogue) {
        result.catalogue = read_catalogue(*options.catalogue);
    }
    result.has_details = options.catalogue || options.lists.empty();
    keep_shows_with_lists(result);
    return result;
}

}  // namespace bingefriend
