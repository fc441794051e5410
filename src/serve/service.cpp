#include "serve/service.hpp"

#include <spdlog/spdlog.h>

#include <exception>

namespace bingefriend {

void Service::forget() {
    answers.clear();
    shows.clear();
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
