// The command `evaluate`: what lists are like, and how well they agree with what people like together.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/option.hpp"
#include "app/quality/evaluated.hpp"
#include "app/quality/rated_shows.hpp"
#include "settings/settings.hpp"

namespace bingefriend {

struct EvaluateOptions {
    EvaluatedOptions evaluated;
    RatingsOptions ratings;
    std::size_t length = 10;
    std::vector<std::string> shows;  // names or ids
    std::size_t threads = 0;
    bool json = false;
    std::optional<std::filesystem::path> html;  // a page that is written, too
};

void add_options(OptionList& list, EvaluateOptions& options);

void run_evaluate(const EvaluateOptions& options, const Environment& environment);

}  // namespace bingefriend
