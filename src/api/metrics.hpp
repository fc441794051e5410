// Metrics of the API, as Prometheus reads them.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "base/times.hpp"
#include "edition/cache.hpp"
#include "edition/edition.hpp"
#include "edition/generation_check.hpp"

namespace prometheus {
class Collectable;
}

namespace bingefriend {

// Thread-safe.
class Metrics {
  public:
    explicit Metrics(std::string version) : version_(std::move(version)) {}

    std::atomic<std::uint64_t> waiting_for_database = 0;  // requests in the queue of its threads
    std::atomic<std::uint64_t> waiting_to_compute = 0;    // requests in the compute queue
    std::atomic<std::uint64_t> refused_computations = 0;  // because that queue was full
    std::atomic<std::uint64_t> refused_for_memory = 0;    // because bodies that are being sent took too much

    // The metrics of the HTTP server; set before the first request.
    const prometheus::Collectable* http = nullptr;

    // All metrics, with the current values of other objects.
    [[nodiscard]] std::string text(const Edition& edition, bool database_is_up, const GenerationCheck& check,
                                   const CacheCount& shows, const ConnectionCount& connections,
                                   std::size_t bytes_in_flight) const;

  private:
    const std::string version_;
    const double started_ = seconds_since_1970();
};

}  // namespace bingefriend
