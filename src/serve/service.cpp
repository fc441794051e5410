#include "serve/service.hpp"

#include <spdlog/spdlog.h>

#include <exception>

#include "http/proxies.hpp"

namespace bingefriend {

Service::Service(ServeOptions serve_options, const ReaderFactory& open_reader)
    : options(std::move(serve_options)),
      admin_open(options.admin_open || is_loopback(options.http.host)),
      publication(open_reader, options.version),
      generation_check(publication, open_reader),
      readers(open_reader),
      answers(options.answer_cache_bytes),
      shows(options.show_cache_bytes),
      metrics(options.version) {}

void Service::forget() {
    answers.clear();
    shows.clear();
}

bool Service::has_memory(Share share) {
    const std::size_t limit = options.response_bytes / (share == Share::half ? 2 : 1);
    const std::size_t held = in_flight.count();
    const std::size_t cached = answers.count().bytes;
    if (held <= cached || held - cached < limit) {
        return true;
    }
    ++metrics.refused_for_memory;
    close_a_slow_client();
    return false;
}

void Service::prepare(const Published& published) noexcept {
    if (!published.generation || options.queries == nullptr) {
        return;
    }
    Readers::Lease lease(readers);
    try {
        options.queries->prepare(*published.generation, lease.source().reader());
    } catch (const std::exception& error) {
        lease.source().discard();
        spdlog::error("generation {} is served in part, without reasons or search: {}", published.number(),
                      error.what());
    }
}

}  // namespace bingefriend
