#include "serve/access_log.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>

#include "serve/json_text.hpp"
#include "serve/times.hpp"

namespace bingefriend {
namespace {

// The key of an Azure function may stand in the query.
std::string without_keys(std::string_view target) {
    std::string kept(target.substr(0, target.find('?')));
    std::string_view query = target.substr(kept.size());
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&', 1), query.size());
        const std::string_view part = query.substr(0, end);
        const bool is_key = part.substr(1).starts_with("code=");
        kept += is_key ? std::string(part.substr(0, 1)) + "code=..." : std::string(part);
        query.remove_prefix(end);
    }
    return kept;
}

std::string printable(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '"'; }, '?');
    return text;
}

}  // namespace

std::string access_line(AccessLog kind, const AccessRecord& record, std::string_view time) {
    const double milliseconds = std::chrono::duration<double, std::milli>(record.took).count();
    const std::string target = without_keys(record.target);
    if (kind == AccessLog::text) {
        return fmt::format("{} {} {} \"{} {}\" {} {} {:.3f}ms \"{}\"", time, record.request_id, record.client,
                           printable(std::string(record.method)), printable(target), record.status,
                           record.bytes, milliseconds, printable(std::string(record.user_agent)));
    }
    JsonText json;
    json.begin_object();
    json.member("time", time);
    json.member("request_id", record.request_id);
    json.member("client", record.client);
    json.member("method", record.method);
    json.member("target", target);
    json.member_or_null("route", record.route);
    json.member("status", static_cast<std::int64_t>(record.status));
    json.member("bytes", static_cast<std::int64_t>(record.bytes));
    json.member("duration_ms", milliseconds);
    json.member_or_null("user_agent", record.user_agent);
    json.end_object();
    return json.take();
}

AccessLogger::AccessLogger(AccessLog kind)
    : kind_(kind),
      log_(std::make_shared<spdlog::logger>("access", std::make_shared<spdlog::sinks::stdout_sink_mt>())) {
    log_->set_pattern("%v");
}

void AccessLogger::write(const AccessRecord& record) const {
    if (kind_ != AccessLog::off) {
        log_->info("{}", access_line(kind_, record, utc_now()));
    }
}

}  // namespace bingefriend
