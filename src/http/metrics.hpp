// Metrics of connections and requests, as Prometheus reads them.
#pragma once

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bingefriend {

struct RouteName;

// A metric without labels, with the value of a live object.
[[nodiscard]] prometheus::MetricFamily gauge(std::string name, std::string help, double value);
[[nodiscard]] prometheus::MetricFamily counter(std::string name, std::string help, double value);

// Thread-safe.
class HttpMetrics final : public prometheus::Collectable {
  public:
    explicit HttpMetrics(const std::vector<RouteName>& routes);
    HttpMetrics(const HttpMetrics&) = delete;
    HttpMetrics& operator=(const HttpMetrics&) = delete;
    ~HttpMetrics() override;

    // Counts one response.  No route: no route matched the request.
    void count(std::optional<std::size_t> route, unsigned status, std::chrono::nanoseconds took);

    [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

    std::atomic<std::int64_t> connections = 0;  // open now
    std::atomic<std::uint64_t> refused_connections = 0;
    std::atomic<std::uint64_t> lost_access_lines = 0;  // that could not be written

  private:
    struct Requests;
    std::unique_ptr<Requests> requests_;
};

}  // namespace bingefriend
