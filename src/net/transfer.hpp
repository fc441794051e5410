// One transfer with libcurl: one attempt, no second one, no redirect.  Inside net.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

#include "net/http_client.hpp"

namespace bingefriend {

// libcurl's handles; the connections live in `multi`, which can be woken from another thread.
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
    std::string failure;  // empty where a whole answer came
    bool worth_retrying = true;
    std::optional<std::chrono::seconds> retry_after;
    std::string redirect;  // the whole URL; empty where there is none
};

// Rethrows what the callbacks of the request throw.
[[nodiscard]] TransferResult run_transfer(TransferHandles& handles, const HttpRequest& request,
                                          const std::string& url, const HttpSettings& settings,
                                          const std::stop_token& stop);

}  // namespace bingefriend
