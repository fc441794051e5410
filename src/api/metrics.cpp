#include "api/metrics.hpp"

#include <prometheus/text_serializer.h>

#include <vector>

#include "base/memory.hpp"
#include "base/times.hpp"
#include "http/metrics.hpp"

namespace bingefriend {
namespace {

using prometheus::MetricFamily;

template <typename Number>
MetricFamily gauge_of(std::string name, std::string help, const Number& value) {
    return gauge(std::move(name), std::move(help), static_cast<double>(value));
}

template <typename Number>
MetricFamily counter_of(std::string name, std::string help, const Number& value) {
    return counter(std::move(name), std::move(help), static_cast<double>(value));
}

// One gauge per value of a label.
MetricFamily labelled(std::string name, std::string help, const std::string& label,
                      const std::vector<std::pair<std::string, double>>& values) {
    MetricFamily family{std::move(name), std::move(help), prometheus::MetricType::Gauge, {}};
    for (const auto& [value, number] : values) {
        prometheus::ClientMetric& metric = family.metric.emplace_back();
        metric.label = {{label, value}};
        metric.gauge.value = number;
    }
    return family;
}

void add_cache(std::vector<MetricFamily>& families, const std::string& name, const std::string& what,
               const CacheCount& count) {
    families.push_back(counter_of(name + "_hits_total", what + " found in the cache", count.hits));
    families.push_back(counter_of(name + "_misses_total", what + " not found in the cache", count.misses));
    families.push_back(gauge_of(name + "_entries", what + " in the cache", count.entries));
    families.push_back(gauge_of(name + "_bytes", "Memory of the cache", count.bytes));
}

std::vector<MetricFamily> of_generation(const Edition& edition, bool database_is_up,
                                        const GenerationCheck& check) {
    const std::optional<Generation>& generation = edition.generation();
    return {
        gauge_of("bingefriend_generation", "Number of the current generation; 0: none", edition.number()),
        gauge_of("bingefriend_generation_shows", "Shows of the current generation",
                 generation ? generation->shows : 0),
        gauge_of("bingefriend_generation_age_seconds", "Time since the generation was computed",
                 generation
                     ? seconds_since_1970() -
                           seconds_since_1970(parse_iso_time(generation->computed_at).value_or(SystemTime()))
                     : 0),
        gauge_of("bingefriend_database_up", "1 if the last probe of the database succeeded, else 0",
                 database_is_up ? 1 : 0),
        gauge_of("bingefriend_generation_damaged",
                 "1 if the last check of the whole generation found rows that do not match their checksums, "
                 "else 0",
                 check.found_damage() ? 1 : 0),
        gauge_of("bingefriend_generation_checked_time_seconds",
                 "When the last check of the whole generation ended, in seconds since 1970; 0: none has",
                 check.checked_at())};
}

}  // namespace

std::string Metrics::text(const Edition& edition, bool database_is_up, const GenerationCheck& check,
                          const CacheCount& shows, const ConnectionCount& connections,
                          std::size_t bytes_in_flight) const {
    std::vector<MetricFamily> families = http == nullptr ? std::vector<MetricFamily>() : http->Collect();
    for (MetricFamily& family : of_generation(edition, database_is_up, check)) {
        families.push_back(std::move(family));
    }
    for (MetricFamily& family : std::vector<MetricFamily>{
             labelled("bingefriend_build_info", "1, with the version as a label", "version", {{version_, 1}}),
             labelled("bingefriend_database_readers", "Connections that read the database, by state", "state",
                      {{"in_use", static_cast<double>(connections.in_use)},
                       {"idle", static_cast<double>(connections.idle)}}),
             gauge_of("bingefriend_database_waiting_requests", "Requests that wait for a database thread",
                      waiting_for_database),
             gauge_of("bingefriend_compute_waiting_requests", "Requests in the compute queue",
                      waiting_to_compute),
             counter_of("bingefriend_compute_refused_total",
                        "Requests refused because the compute queue was full", refused_computations),
             gauge_of("bingefriend_response_bytes_in_flight",
                      "Memory of bodies that are being sent or are in the answer cache", bytes_in_flight),
             counter_of("bingefriend_response_memory_refused_total",
                        "Requests refused because bodies that are being sent took too much memory",
                        refused_for_memory),
             gauge_of("process_resident_memory_bytes", "Resident memory size in bytes", resident_bytes()),
             gauge_of("process_start_time_seconds", "Start time of the process, in seconds since 1970",
                      started_)}) {
        families.push_back(std::move(family));
    }
    add_cache(families, "bingefriend_answer_cache", "Answers", edition.answers().count());
    add_cache(families, "bingefriend_show_cache", "Shows", shows);
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace bingefriend
