#include "http/metrics.hpp"

#include <gmock/gmock.h>
#include <prometheus/text_serializer.h>

#include "http/handler.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

TEST(HttpMetrics, count_responses_by_route_and_status) {
    HttpMetrics metrics({{"GET", "/shows/{show_id}"}, {"POST", "/similar"}});
    metrics.count(0, 200, std::chrono::milliseconds(3));
    metrics.count(0, 200, std::chrono::milliseconds(3));
    metrics.count(1, 503, std::chrono::milliseconds(3));
    metrics.count({}, 404, std::chrono::milliseconds(3));
    metrics.connections = 5;
    metrics.refused_connections = 6;
    metrics.lost_access_lines = 7;
    const std::string text = prometheus::TextSerializer().Serialize(metrics.Collect());
    for (const char* line :
         {"bingefriend_http_requests_total{method=\"GET\",route=\"/shows/{show_id}\",status=\"200\"} 2\n",
          "bingefriend_http_requests_total{method=\"POST\",route=\"/similar\",status=\"503\"} 1\n",
          "bingefriend_http_requests_total{method=\"any\",route=\"none\",status=\"404\"} 1\n",
          "bingefriend_http_request_duration_seconds_bucket{method=\"GET\",route=\"/shows/"
          "{show_id}\",le=\"0.0025\"} 0\n",
          "bingefriend_http_request_duration_seconds_bucket{method=\"GET\",route=\"/shows/"
          "{show_id}\",le=\"0.005\"} 2\n",
          "bingefriend_http_connections 5\n", "bingefriend_http_connections_refused_total 6\n",
          "bingefriend_access_log_lines_lost_total 7\n"}) {
        EXPECT_THAT(text, HasSubstr(line));
    }
}

}  // namespace
}  // namespace bingefriend
