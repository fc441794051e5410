// The command `tune`: learns the weights of a recipe's parts from ratings, and measures them on held-out
// shows.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "app/option.hpp"
#include "app/options.hpp"
#include "app/quality/rated_shows.hpp"
#include "settings/settings.hpp"

namespace bingefriend {

struct TuneOptions {
    std::optional<std::filesystem::path> catalogue;
    std::string recipe = "balanced";
    RatingsOptions ratings;
    std::filesystem::path output;
    std::size_t length = 10;
    double min_similarity = 0.1;
    std::size_t threads = 0;
    bool json = false;
    DatabaseOptions database;
};

void add_options(OptionList& list, TuneOptions& options);

void run_tune(const TuneOptions& options, const Environment& environment);

}  // namespace bingefriend
