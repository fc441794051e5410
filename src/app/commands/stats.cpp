#include <fmt/format.h>

#include <string>
#include <vector>

#include "app/commands/command.hpp"
#include "app/published.hpp"
#include "console/progress_line.hpp"
#include "console/standard_output.hpp"

namespace bingefriend {
namespace {

void run_stats(const DatabaseOptions& options, const Environment& environment) {
    const Generation g = current_or_error(*store_of(options, environment)->reader());
    const auto count = [](std::int64_t value) { return with_commas(static_cast<std::size_t>(value)); };
    const auto with_list = static_cast<double>(g.shows_with_recommendations);
    std::vector<std::string> weights;
    for (const PartDefinition& d : shown_parts(g.ranking.weights)) {
        weights.push_back(fmt::format("{} {}", d.name, g.ranking.weights[d.part]));
    }
    print("generation                 {}\n", g.number);
    print("computed                   {}\n", g.computed_at);
    print("published                  {}\n", g.published_at);
    print("shows                      {}\n", count(g.shows));
    print("shows with recommendations {}\n", count(g.shows_with_recommendations));
    print("recommendations            {}\n", count(g.recommendations));
    print("recommendations per show   {:.2f}\n",
          with_list > 0 ? static_cast<double>(g.recommendations) / with_list : 0.0);
    print("recipe                     {}\n", g.recipe);
    print("weights                    {}\n", fmt::format("{}", fmt::join(weights, ", ")));
    print("top n, minimum score       {}, {}\n", g.ranking.top_n, g.ranking.min_similarity);
    print("diversity, per franchise   {}, {}\n", g.ranking.diversity,
          g.ranking.max_per_franchise == 0 ? "any number" : std::to_string(g.ranking.max_per_franchise));
}

}  // namespace

Command stats_command() {
    return make_command("stats", "Print statistics of the published generation", run_stats);
}

}  // namespace bingefriend
