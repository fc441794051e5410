// Answers the requests that wait for the database together: reads their stored lists in one batch.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "api/respond.hpp"

namespace bingefriend {

// The responses of requests that wait for the database, at most PublishedReader::max_lists: reads their
// lists in one batch.  None if they would wait for the next edition and must not: they can be answered again.
[[nodiscard]] std::optional<std::vector<Response>> answers_from_database(Service& service,
                                                                         std::span<Exchange* const> waiting,
                                                                         Patience patience);

// Both steps for one request.
[[nodiscard]] Response respond(Service& service, const Request& request);

}  // namespace bingefriend
