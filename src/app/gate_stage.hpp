// The stage between similarities and publishing: is the new generation fit to take the place of the one
// before?
#pragma once

#include "app/run.hpp"
#include "app/settings.hpp"
#include "domain/recommendation.hpp"
#include "domain/show.hpp"
#include "gate/gate.hpp"
#include "reports/run_report.hpp"
#include "store/store.hpp"

namespace bingefriend {

// Writes the comparison into the report of the run.  Throws Error{input} with every objection, unless
// options.force; where nothing is published yet there is nothing to object to.
void gate_stage(Run& run, const Options& options, const GateLimits& limits, Store& store,
                const RankingSettings& ranking, const Catalogue& catalogue, const RecommendationLists& lists);

}  // namespace bingefriend
