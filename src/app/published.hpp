// What the commands share that read the published generation.
#pragma once

#include <memory>
#include <optional>

#include "app/option_values.hpp"
#include "base/error.hpp"
#include "store/store.hpp"

namespace bingefriend {

[[nodiscard]] inline std::unique_ptr<Store> store_of(const DatabaseOptions& options,
                                                     const Environment& environment) {
    return open_store(DatabaseUrl::parse(database_url(options, environment).reveal()));
}

// Returns the current generation. Throws Error{unavailable} if nothing is published.
[[nodiscard]] inline Generation current_or_error(PublishedReader& reader) {
    if (const std::optional<Generation> current = reader.current()) {
        return *current;
    }
    throw Error(ErrorKind::unavailable, "nothing is published yet", "", "run `bingefriend pipeline`");
}

}  // namespace bingefriend
