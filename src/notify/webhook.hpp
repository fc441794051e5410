// The report to a webhook.
#pragma once

#include <string>

#include "notify/notify.hpp"

namespace bingefriend {

// Throws Error{usage}.
void check_webhook(const WebhookSettings& webhook);

// These require that the webhook passes check_webhook.
[[nodiscard]] std::string place_of(const WebhookSettings& webhook);

// Returns why it was not delivered; empty if it was.
[[nodiscard]] std::string post_webhook(const NotifySettings& settings, const WebhookSettings& webhook,
                                       const Notice& notice);

}  // namespace bingefriend
