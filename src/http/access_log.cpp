#include "http/access_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/display_text.hpp"
#include "base/json_text.hpp"
#include "base/percent.hpp"
#include "base/text.hpp"
#include "base/times.hpp"
#include "http/request.hpp"

namespace bingefriend {
namespace {

// True if a parameter may be the key of an Azure function or another secret, however its name is spelt.  Also
// true if the name cannot be decoded.
bool may_be_secret(std::string_view name) {
    std::optional<std::string> text = percent_decoded_strictly(name, Plus::space);
    if (!text) {
        return true;
    }
    std::transform(text->begin(), text->end(), text->begin(), lower_case);
    constexpr auto signs = std::to_array<std::string_view>(
        {"code", "key", "token", "secret", "pass", "pwd", "auth", "sig", "credential", "session", "%"});
    return std::any_of(signs.begin(), signs.end(),
                       [&](std::string_view sign) { return text->find(sign) != std::string::npos; });
}

// Removes user and password from an absolute target.
std::string_view without_user(std::string_view target, std::string& shown) {
    const std::size_t scheme = target.find("://");
    const std::size_t end = std::min(target.find_first_of("/?#", scheme + 3), target.size());
    const std::size_t at = target.substr(0, end).rfind('@');
    if (target.starts_with('/') || scheme == std::string_view::npos || at == std::string_view::npos) {
        return target;
    }
    shown = std::string(target.substr(0, scheme + 3)) + "...";
    return target.substr(at);
}

std::string without_secrets(std::string_view target) {
    std::string shown;
    target = without_user(target, shown);
    const std::size_t begin = std::min(target.find_first_of("?#"), target.size());
    shown += target.substr(0, begin);
    target.remove_prefix(begin);
    while (!target.empty()) {  // each part begins with its separator
        const std::string_view part = target.substr(0, target.find_first_of("?&;#", 1));
        const std::size_t equals = part.find('=');
        if (equals != std::string_view::npos && may_be_secret(part.substr(1, equals - 1))) {
            shown.append(part.substr(0, equals)).append("=...");
        } else {
            shown += part;
        }
        target.remove_prefix(part.size());
    }
    return shown;
}

// Makes any text fit into one quoted field on one line.
std::string printable(const std::string& text) {
    std::string shown = display_text(text);
    std::replace(shown.begin(), shown.end(), '"', '?');
    return shown;
}

}  // namespace

std::string access_line(AccessLog kind, const AccessRecord& record, std::string_view time) {
    const double milliseconds = std::chrono::duration<double, std::milli>(record.took).count();
    const std::string target = without_secrets(record.target);
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
    return display_json(json.take());
}

AccessLogger::AccessLogger(const HttpOptions& options, std::atomic<std::uint64_t>& lost)
    : kind_(options.access_log) {
    if (kind_ != AccessLog::off && options.write_access_lines) {
        const auto no_report = [](bool /*losing*/) {};
        lines_.emplace(options.write_access_lines,
                       options.report_access_log ? options.report_access_log : no_report, lost);
    }
}

void AccessLogger::write(const AccessRecord& record) {
    if (lines_) {
        lines_->add(access_line(kind_, record, iso_time_with_milliseconds()));
    }
}

}  // namespace bingefriend
