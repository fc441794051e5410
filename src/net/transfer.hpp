// One transfer with libcurl: a single attempt without redirects. Internal to net.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

#include "net/http_client.hpp"

namespace bingefriend {

// libcurl's handles. `multi` has the connections and can be woken from another thread.
struct TransferHandles {
    CURL* easy = nullptr;
    CURLM* multi = nullptr;

    TransferHandles();
    TransferHandles(const TransferHandles&) = delete;
    TransferHandles& operator=(const TransferHandles&) = delete;
    ~TransferHandles();
};

struct TransferResult {
    HttpResponse response;
    std::string failure;  // empty if the whole response arrived
    bool worth_retrying = true;
    std::optional<std::chrono::seconds> retry_after;
    std::string redirect;  // absolute URL; empty if there is none
};

// Rethrows what the request's callbacks throw.
[[nodiscard]] TransferResult run_transfer(TransferHandles& handles, const HttpRequest& request,
                                          const std::string& url, const HttpSettings& settings,
                                          const std::stop_token& stop);

}  // namespace bingefriend
