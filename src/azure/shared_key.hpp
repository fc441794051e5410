// What a request to storage is made of, and the signature of an account key over it.
// Source: Microsoft's "Authorize with Shared Key" (Blob service, 2015-02-21 and later).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "azure/blob_account.hpp"

namespace bingefriend {

struct StorageRequest {
    std::string method;
    std::string path;                            // from the endpoint's root on, percent-encoded
    std::map<std::string, std::string> query;    // names in lower case, values decoded
    std::map<std::string, std::string> headers;  // names in lower case
    std::string_view body;
};

// The value of the header Authorization.  The text that is signed has a fixed order; see the source.
[[nodiscard]] std::string shared_key_authorization(const AccountKey& key, const StorageRequest& request);

}  // namespace bingefriend
