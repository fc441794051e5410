#include "http/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "http/handler.hpp"

namespace bingefriend {
namespace {

using prometheus::ClientMetric;
using prometheus::Counter;
using prometheus::Family;
using prometheus::Histogram;
using prometheus::MetricFamily;
using prometheus::MetricType;

const Histogram::BucketBoundaries latency_bounds{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                 0.025,  0.05,    0.1,    0.25,  0.5,    1,     5};

std::map<std::string, std::string> labels_of(const RouteName& route) {
    return {{"method", std::string(route.method)}, {"route", std::string(route.path)}};
}

}  // namespace

MetricFamily gauge(std::string name, std::string help, double value) {
    ClientMetric metric;
    metric.gauge.value = value;
    return {std::move(name), std::move(help), MetricType::Gauge, {metric}};
}

MetricFamily counter(std::string name, std::string help, double value) {
    ClientMetric metric;
    metric.counter.value = value;
    return {std::move(name), std::move(help), MetricType::Counter, {metric}};
}

// Counters are looked up once per route and status, not once per request.
struct HttpMetrics::Requests {
    static constexpr std::size_t statuses = 600;
    struct OfRoute {
        std::map<std::string, std::string> labels;
        Histogram* latency = nullptr;
        std::array<std::atomic<Counter*>, statuses> counters{};
    };

    explicit Requests(std::vector<RouteName> routes) : of_route(routes.size() + 1) {
        routes.push_back({"any", "none"});
        for (std::size_t i = 0; i < routes.size(); ++i) {
            of_route[i].labels = labels_of(routes[i]);
            of_route[i].latency = &latency.Add(of_route[i].labels, latency_bounds);
        }
    }

    prometheus::Registry registry;
    Family<Counter>& total = prometheus::BuildCounter()
                                 .Name("bingefriend_http_requests_total")
                                 .Help("Requests answered, by route and status")
                                 .Register(registry);
    Family<Histogram>& latency =
        prometheus::BuildHistogram()
            .Name("bingefriend_http_request_duration_seconds")
            .Help("From the arrival of a whole request to its answer, before it is sent")
            .Register(registry);
    std::vector<OfRoute> of_route;  // the last: no route
};

HttpMetrics::HttpMetrics(const std::vector<RouteName>& routes)
    : requests_(std::make_unique<Requests>(routes)) {}

HttpMetrics::~HttpMetrics() = default;

void HttpMetrics::count(std::optional<std::size_t> route, unsigned status, std::chrono::nanoseconds took) {
    Requests::OfRoute& of_route = requests_->of_route[route.value_or(requests_->of_route.size() - 1)];
    std::atomic<Counter*>& slot = of_route.counters[std::min<std::size_t>(status, Requests::statuses - 1)];
    Counter* counter = slot.load(std::memory_order_acquire);
    if (counter == nullptr) {
        auto labels = of_route.labels;
        labels.emplace("status", std::to_string(status));
        counter = &requests_->total.Add(labels);  // returns the same counter for the same labels
        slot.store(counter, std::memory_order_release);
    }
    counter->Increment();
    of_route.latency->Observe(std::chrono::duration<double>(took).count());
}

std::vector<MetricFamily> HttpMetrics::Collect() const {
    std::vector<MetricFamily> families = requests_->registry.Collect();
    families.push_back(
        gauge("bingefriend_http_connections", "Connections open", static_cast<double>(connections)));
    families.push_back(counter("bingefriend_http_connections_refused_total",
                               "Connections refused because their address had too many",
                               static_cast<double>(refused_connections)));
    families.push_back(counter("bingefriend_access_log_lines_lost_total",
                               "Lines of the access log that could not be written",
                               static_cast<double>(lost_access_lines)));
    return families;
}

}  // namespace bingefriend
