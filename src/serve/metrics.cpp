#include "serve/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <vector>

#include "base/times.hpp"
#include "serve/route.hpp"

namespace bingefriend {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

const Histogram::BucketBoundaries latency_bounds{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                 0.025,  0.05,    0.1,    0.25,  0.5,    1,     5};

double resident_bytes() {
    std::ifstream file("/proc/self/statm");
    double size = 0;
    double resident = 0;
    file >> size >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

// A counter that others keep is told as it stands.
void set(Counter& counter, double value) {
    counter.Increment(value - counter.Value());
}

std::string_view method_of(const Route* route) {
    return route == nullptr ? "any" : route->method;
}

}  // namespace

// The counters of a route are looked up once a status, not once a request.
struct Metrics::Families {
    static constexpr std::size_t statuses = 600;
    struct OfRoute {
        Histogram* latency = nullptr;
        std::array<std::atomic<Counter*>, statuses> requests{};
    };

    Gauge& gauge(const std::string& name, const std::string& help) {
        return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
    }
    Counter& counter(const std::string& name, const std::string& help) {
        return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
    }
    [[nodiscard]] static std::map<std::string, std::string> labels(const Route* route) {
        return {{"method", std::string(method_of(route))},
                {"route", route == nullptr ? "none" : std::string(route->path)}};
    }

    struct OfCache {
        OfCache(Families& all, const std::string& name, const std::string& what)
            : hits(all.counter(name + "_hits_total", what + " found in the cache")),
              misses(all.counter(name + "_misses_total", what + " looked for in the cache in vain")),
              entries(all.gauge(name + "_entries", what + " in the cache")),
              bytes(all.gauge(name + "_bytes", "Memory that the cache takes")) {}
        void set(const CacheCount& count);

        Counter& hits;
        Counter& misses;
        Gauge& entries;
        Gauge& bytes;
    };

    prometheus::Registry registry;
    Family<Counter>& requests = prometheus::BuildCounter()
                                    .Name("bingefriend_http_requests_total")
                                    .Help("Requests answered, by route and status")
                                    .Register(registry);
    Family<Histogram>& latency =
        prometheus::BuildHistogram()
            .Name("bingefriend_http_request_duration_seconds")
            .Help("From the arrival of a whole request to its answer, before it is sent")
            .Register(registry);
    Gauge& connections = gauge("bingefriend_http_connections", "Connections open");
    Counter& refused = counter("bingefriend_http_connections_refused_total",
                               "Connections refused, for their address had too many");
    Gauge& generation = gauge("bingefriend_generation", "Number of the generation that is served; 0: none");
    Gauge& shows = gauge("bingefriend_generation_shows", "Shows of the generation that is served");
    Gauge& age = gauge("bingefriend_generation_age_seconds", "Since the generation was computed");
    Gauge& database_up =
        gauge("bingefriend_database_up", "1 where the last look at the database succeeded, else 0");
    Gauge& damaged = gauge(
        "bingefriend_generation_damaged",
        "1 if the last check of the whole generation found rows that do not match their checksums, else 0");
    Gauge& checked =
        gauge("bingefriend_generation_checked_time_seconds",
              "When the last check of the whole generation ended, in seconds since 1970; 0: none has");
    Family<Gauge>& readers = prometheus::BuildGauge()
                                 .Name("bingefriend_database_readers")
                                 .Help("Readers of the database, by state")
                                 .Register(registry);
    Gauge& readers_in_use = readers.Add({{"state", "in_use"}});
    Gauge& readers_idle = readers.Add({{"state", "idle"}});
    Gauge& waiting =
        gauge("bingefriend_database_waiting_requests", "Requests that wait for a thread of the database");
    Gauge& computing =
        gauge("bingefriend_compute_waiting_requests", "Requests in the queue of computed answers");
    Counter& refused_computations = counter("bingefriend_compute_refused_total",
                                            "Requests refused, as the queue of computed answers was full");
    Gauge& in_flight = gauge("bingefriend_response_bytes_in_flight",
                             "Memory of bodies that are being sent or are in the answer cache");
    Counter& refused_for_memory =
        counter("bingefriend_response_memory_refused_total",
                "Requests refused, as bodies that are being sent took too much memory");
    Counter& lost_access_lines = counter("bingefriend_access_log_lines_lost_total",
                                         "Lines of the access log that could not be written");
    OfCache answer_cache{*this, "bingefriend_answer_cache", "Answers"};
    OfCache show_cache{*this, "bingefriend_show_cache", "Shows"};
    Gauge& resident = gauge("process_resident_memory_bytes", "Resident memory size in bytes");
    Gauge& started = gauge("process_start_time_seconds", "Start of the process, in seconds since 1970");
    std::vector<OfRoute> of_route = std::vector<OfRoute>(routes().size() + 1);  // the last: none
    std::mutex adding;
};

void Metrics::Families::OfCache::set(const CacheCount& count) {
    bingefriend::set(hits, static_cast<double>(count.hits));
    bingefriend::set(misses, static_cast<double>(count.misses));
    entries.Set(static_cast<double>(count.entries));
    bytes.Set(static_cast<double>(count.bytes));
}

Metrics::Metrics(std::string_view version) : families_(std::make_unique<Families>()) {
    families_->started.Set(seconds_since_1970());
    prometheus::BuildGauge()
        .Name("bingefriend_build_info")
        .Help("1, with the version as a label")
        .Register(families_->registry)
        .Add({{"version", std::string(version)}})
        .Set(1);
    for (std::size_t i = 0; i <= routes().size(); ++i) {
        const Route* const route = i < routes().size() ? &routes()[i] : nullptr;
        families_->of_route[i].latency = &families_->latency.Add(Families::labels(route), latency_bounds);
    }
}

Metrics::~Metrics() = default;

void Metrics::count(const Route* route, unsigned status, std::chrono::nanoseconds took) {
    const std::size_t at =
        route == nullptr ? routes().size() : static_cast<std::size_t>(route - routes().data());
    Families::OfRoute& of_route = families_->of_route[at];
    std::atomic<Counter*>& place = of_route.requests[std::min<std::size_t>(status, Families::statuses - 1)];
    Counter* counter = place.load(std::memory_order_acquire);
    if (counter == nullptr) {
        auto labels = Families::labels(route);
        labels.emplace("status", std::to_string(status));
        counter = &families_->requests.Add(labels);  // the same one for the same labels
        place.store(counter, std::memory_order_release);
    }
    counter->Increment();
    of_route.latency->Observe(std::chrono::duration<double>(took).count());
}

std::string Metrics::text(const Published& published, bool database_away, const GenerationCheck& check,
                          const CacheCount& answers, const CacheCount& shows, const Readers::Count& readers,
                          std::size_t bytes_in_flight) {
    Families& f = *families_;
    const std::scoped_lock one_at_a_time(f.adding);
    f.connections.Set(static_cast<double>(connections));
    set(f.refused, static_cast<double>(refused_connections));
    f.generation.Set(static_cast<double>(published.number()));
    f.shows.Set(published.generation ? static_cast<double>(published.generation->shows) : 0);
    f.age.Set(published.generation
                  ? seconds_since_1970() - seconds_since_1970(published.generation->computed_at)
                  : 0);
    f.database_up.Set(database_away ? 0 : 1);
    f.damaged.Set(check.found_damage() ? 1 : 0);
    f.checked.Set(check.checked_at());
    f.readers_in_use.Set(static_cast<double>(readers.in_use));
    f.readers_idle.Set(static_cast<double>(readers.idle));
    f.waiting.Set(static_cast<double>(waiting_for_database));
    f.computing.Set(static_cast<double>(waiting_to_compute));
    set(f.refused_computations, static_cast<double>(refused_computations));
    f.in_flight.Set(static_cast<double>(bytes_in_flight));
    set(f.refused_for_memory, static_cast<double>(refused_for_memory));
    set(f.lost_access_lines, static_cast<double>(lost_access_lines));
    f.answer_cache.set(answers);
    f.show_cache.set(shows);
    f.resident.Set(resident_bytes());
    return prometheus::TextSerializer().Serialize(f.registry.Collect());
}

}  // namespace bingefriend
