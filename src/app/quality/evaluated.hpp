// What an evaluation compares: the shows, and sets of lists of them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "domain/recipe.hpp"
#include "domain/show.hpp"
#include "evaluation/lists.hpp"
#include "settings/settings.hpp"

namespace bingefriend {

struct EvaluatedOptions {
    std::optional<std::filesystem::path> catalogue;
    std::vector<std::string> lists;    // files
    std::vector<std::string> recipes;  // names or files
    double min_similarity = 0.1;       // of computed lists
    DatabaseOptions database;          // for what is published
};

void add_options(OptionList& list, EvaluatedOptions& options);

struct StoredLists {
    std::string name;
    ShowLists lists;
};

struct Evaluated {
    Catalogue catalogue;
    bool has_details = false;       // else the shows have only ids
    std::vector<std::size_t> rows;  // the shows that all stored sets have
    std::vector<StoredLists> stored;
    std::vector<Recipe> recipes;
};

// Reads the shows, from the file, else the published ones, and the stored lists: the files, else the
// published ones unless there are recipes. Throws Error if a source cannot be read, and Error{input} if no
// show has a list in every set.
[[nodiscard]] Evaluated read_evaluated(const EvaluatedOptions& options, const Environment& environment);

// The lists of these shows, cut to `length` of them: of the stored sets, then of the recipes. REQUIRES: ids
// of the catalogue, ascending.
[[nodiscard]] std::vector<ItemLists> lists_of(const Evaluated& evaluated, std::span<const ShowId> ids,
                                              std::size_t length, double min_similarity, std::size_t threads);

}  // namespace bingefriend
