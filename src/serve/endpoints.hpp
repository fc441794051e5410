// The endpoints that the table of routes names; docs/openapi.yaml says what each takes and gives.
#pragma once

#include <optional>

#include "serve/route.hpp"

namespace bingefriend {

// recommendations.cpp
[[nodiscard]] Response recommendations(const Call& call);
[[nodiscard]] std::optional<WantedList> stored_list_wanted(const Target& target,
                                                           const PathParameters& parameters);
[[nodiscard]] Response mixed_recommendations(const Call& call);
[[nodiscard]] Response similar_to_given(const Call& call);

// catalogue.cpp
[[nodiscard]] Response show(const Call& call);
[[nodiscard]] Response search(const Call& call);
[[nodiscard]] Response bulk(const Call& call);

// overview.cpp
[[nodiscard]] Response catalogue(const Call& call);
[[nodiscard]] Response distribution(const Call& call);
[[nodiscard]] Response generations(const Call& call);
[[nodiscard]] Response runs(const Call& call);

// web_page.cpp
[[nodiscard]] Response page(const Call& call);
[[nodiscard]] Response status_page(const Call& call);
[[nodiscard]] Response asset(const Call& call);

// operation.cpp
[[nodiscard]] Response stats(const Call& call);
[[nodiscard]] Response health(const Call& call);
[[nodiscard]] Response liveness(const Call& call);
[[nodiscard]] Response readiness(const Call& call);
[[nodiscard]] Response metrics(const Call& call);

// documents.cpp
[[nodiscard]] Response open_api(const Call& call);
[[nodiscard]] Response docs(const Call& call);

}  // namespace bingefriend
