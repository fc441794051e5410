// What all requests share: the settings, the published generation, the readers, the cache and the figures.
#pragma once

#include <utility>

#include "domain/error.hpp"
#include "domain/query.hpp"
#include "serve/answer_cache.hpp"
#include "serve/clients.hpp"
#include "serve/compressed_documents.hpp"
#include "serve/metrics.hpp"
#include "serve/publication.hpp"
#include "serve/readers.hpp"
#include "serve/serve.hpp"
#include "serve/show_texts.hpp"

namespace bingefriend {

class Service {
  public:
    Service(ServeOptions serve_options, const ReaderFactory& open_reader)
        : options(std::move(serve_options)),
          publication(open_reader, options.version),
          readers(open_reader),
          answers(options.answer_cache_bytes),
          shows(options.show_cache_bytes),
          metrics(options.version) {}

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

    const ServeOptions options;
    const bool admin_open = options.admin_open || is_loopback(options.host);  // counts if no key is set
    Publication publication;
    Readers readers;
    AnswerCache answers;
    ShowTexts shows;
    CompressedDocuments documents;
    Metrics metrics;
};

}  // namespace bingefriend
