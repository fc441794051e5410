// The stages, one after the other: fetch -> features -> similarity -> store.
#pragma once

#include "app/settings.hpp"

namespace bingefriend {

// Runs options.steps in the order fetch, features, populate.  A step whose predecessor does not run
// takes what that left in options.data_dir.
void run_pipeline(const Options& options, const Environment& environment);

// Similarity statistics over all pairs, from the feature files.
void run_similarities(const Options& options);

}  // namespace bingefriend
