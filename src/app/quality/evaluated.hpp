// What an evaluation compares: the shows and the lists of them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "app/settings.hpp"
#include "domain/show.hpp"
#include "evaluation/lists.hpp"

namespace bingefriend {

struct NamedLists {
    std::string name;
    ShowLists lists;
    std::size_t depth = 0;  // of stored lists: the length of the longest
};

struct Evaluated {
    Catalogue catalogue;       // the shows that all sets of lists have
    bool has_details = false;  // else the shows have only ids
    std::vector<NamedLists> lists;
};

struct EvaluatedOptions {
    std::optional<std::filesystem::path> catalogue;
    std::vector<std::string> lists;  // files
    DatabaseOptions database;        // for the published lists, if there are no files
};

void add_options(OptionList& list, EvaluatedOptions& options);

// Throws Error if a source cannot be read, and Error{input} if no show has a list in every set.
[[nodiscard]] Evaluated read_evaluated(const EvaluatedOptions& options, const Environment& environment);

}  // namespace bingefriend
