// What all requests share: the settings, the published generation, the readers, the cache and the figures.
#pragma once

#include <atomic>
#include <functional>
#include <utility>

#include "base/error.hpp"
#include "domain/query.hpp"
#include "http/response.hpp"
#include "serve/answer_cache.hpp"
#include "serve/generation_check.hpp"
#include "serve/metrics.hpp"
#include "serve/publication.hpp"
#include "serve/readers.hpp"
#include "serve/serve.hpp"
#include "serve/shared_documents.hpp"
#include "serve/show_texts.hpp"

namespace bingefriend {

class Service {
  public:
    Service(ServeOptions serve_options, const ReaderFactory& open_reader);

    // What answers questions; throws Error{unavailable} where nothing does.
    [[nodiscard]] QueryAnswerer& queries() const {
        if (options.queries == nullptr) {
            throw Error(ErrorKind::unavailable, "this server answers from its lists alone");
        }
        return *options.queries;
    }

    // When another generation is published: lets go what is kept of the one before.
    void forget();
    // Reads what questions need.  Never throws.
    void prepare(const Published& published) noexcept;

    // Whether another answer may be made: the bodies that are being sent take less than their limit, of which
    // computed answers may fill half.  Else asks for a slow client to be closed.
    enum class Share { all, half };
    [[nodiscard]] bool has_memory(Share share);
    // Closes the client that takes its answer most slowly; any thread.  Set before the first request.
    std::function<void()> close_a_slow_client = [] {};

    // Whether no other generation is being looked for or read: then an indexed read waits for nothing.
    std::atomic<bool> settled = false;

    const ServeOptions options;
    const bool admin_open;  // if no key is set
    Publication publication;
    GenerationCheck generation_check;
    Readers readers;
    BytesInFlight in_flight;  // bodies, those of the cache as well
    AnswerCache answers;
    ShowTexts shows;
    SharedDocuments documents;
    Metrics metrics;
};

}  // namespace bingefriend
