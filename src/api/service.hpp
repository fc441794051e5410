// What all requests share: the settings, the editions, the caches and the metrics.
#pragma once

#include <functional>
#include <utility>

#include "api/metrics.hpp"
#include "api/serve.hpp"
#include "bodies/shared_documents.hpp"
#include "edition/generation_check.hpp"
#include "edition/show_texts.hpp"
#include "edition/watcher.hpp"
#include "http/response.hpp"

namespace bingefriend {

class Service {
  public:
    // The reader outlives the service.
    Service(ServeOptions serve_options, PublishedReader& database);

    // Whether there is memory for another response: the bodies that are being sent take less than their
    // limit, of which computed responses may fill half.  Else asks for a slow client to be closed.
    enum class Share { all, half };
    [[nodiscard]] bool has_memory(Share share);
    // Closes the client that reads its response slowest.  Thread-safe.  Set before the first request.
    std::function<void()> close_a_slow_client = [] {};

    const ServeOptions options;
    const bool admin_open;  // if no key is set
    PublishedReader& reader;
    BytesInFlight in_flight;  // bodies, also the cached ones
    ShowTexts shows;
    EditionWatcher editions;
    GenerationCheck generation_check;
    SharedDocuments documents;
    Metrics metrics;
};

}  // namespace bingefriend
