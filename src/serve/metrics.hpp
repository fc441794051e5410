// What the server counts, as Prometheus reads it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "serve/generation_cache.hpp"
#include "serve/generation_check.hpp"
#include "serve/publication.hpp"
#include "serve/readers.hpp"

namespace bingefriend {

struct Route;

// Any thread.
class Metrics {
  public:
    explicit Metrics(std::string_view version);
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;
    ~Metrics();

    // One answered request; a null route is a path that is none.
    void count(const Route* route, unsigned status, std::chrono::nanoseconds took);

    std::atomic<std::int64_t> connections = 0;  // open now
    std::atomic<std::uint64_t> refused_connections = 0;
    std::atomic<std::uint64_t> waiting_for_database = 0;  // requests in the queue of its threads
    std::atomic<std::uint64_t> waiting_to_compute = 0;    // requests in the queue of computed answers
    std::atomic<std::uint64_t> refused_computations = 0;  // as that queue was full
    std::atomic<std::uint64_t> refused_for_memory = 0;    // as the bodies that are being sent took too much

    std::atomic<std::uint64_t> lost_access_lines = 0;  // as the access log could not be written

    // The text of all, with what the others know just now.
    [[nodiscard]] std::string text(const Published& published, bool database_away,
                                   const GenerationCheck& check, const CacheCount& answers,
                                   const CacheCount& shows, const Readers::Count& readers,
                                   std::size_t bytes_in_flight);

  private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace bingefriend
