// What an error response of storage means, and what to do.
#pragma once

#include <chrono>
#include <string>

#include "azure/blob_account.hpp"
#include "net/http_client.hpp"

namespace bingefriend {

// The service's own word for what went wrong ("ContainerNotFound"), as far as it is one.
[[nodiscard]] std::string storage_code(const HttpResponse& response);

// In one line: what the answer says, and what to do.  Nothing of a secret.
[[nodiscard]] std::string storage_remedy(const HttpResponse& response, const BlobAccount& account,
                                         std::chrono::system_clock::time_point now);

}  // namespace bingefriend
