// The show service with settings of the HTTP client, for those who must not wait for its pauses.
#pragma once

#include <string_view>

#include "domain/ingest.hpp"
#include "fetch/fetch.hpp"
#include "net/http_client.hpp"

namespace bingefriend {

[[nodiscard]] Ingest fetch_show_service(std::string_view base_url, const FetchOptions& options,
                                        const Progress& progress, const HttpSettings& settings);

}  // namespace bingefriend
