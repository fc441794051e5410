// The command `evaluate`: how well lists agree with what people like together.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "app/option.hpp"
#include "app/quality/evaluated.hpp"
#include "app/settings.hpp"
#include "ratings/ratings_file.hpp"

namespace bingefriend {

struct EvaluateOptions {
    EvaluatedOptions evaluated;
    std::filesystem::path ratings;
    RatingsFormat format;
    std::size_t length = 10;
    std::size_t min_raters = 20;
    std::size_t threads = 0;
    bool json = false;
};

void add_options(OptionList& list, EvaluateOptions& options);

void run_evaluate(const EvaluateOptions& options, const Environment& environment);

}  // namespace bingefriend
