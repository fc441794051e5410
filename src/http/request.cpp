#include "http/request.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <random>

#include "base/numbers.hpp"
#include "base/text.hpp"
#include "http/authority.hpp"

namespace bingefriend {

std::string_view RequestHead::value(std::string_view name) {
    std::string_view first;
    std::string* several = nullptr;
    bool found = false;
    for (const auto& [field, text] : fields) {
        if (!same_in_any_case(field, name)) {
            continue;
        }
        if (!std::exchange(found, true)) {
            first = text;
            continue;
        }
        if (several == nullptr) {
            several = &joined.emplace_front(first);
        }
        several->append(", ").append(text);
    }
    return several == nullptr ? first : std::string_view(*several);
}

std::string_view RequestHead::key() {
    if (const std::string_view key = value("X-API-Key"); !key.empty()) {
        return key;
    }
    std::string_view token = value("Authorization");
    const std::string_view scheme = next_part(token, ' ');
    return same_in_any_case(scheme, "Bearer") ? trimmed(token) : std::string_view();
}

std::string_view framing_fault(const RequestHead& head) {
    std::size_t hosts = 0;
    std::size_t lengths = 0;
    std::size_t codings = 0;
    std::string_view host;
    std::string_view length;
    std::string_view coding;
    for (const auto& [name, value] : head.fields) {
        if (same_in_any_case(name, "Host")) {
            ++hosts;
            host = value;
        } else if (same_in_any_case(name, "Content-Length")) {
            ++lengths;
            length = value;
        } else if (same_in_any_case(name, "Transfer-Encoding")) {
            ++codings;
            coding = value;
        }
    }
    if (hosts > 1 || (hosts == 0 && !head.http_1_0)) {
        return "A request has exactly one Host header";
    }
    if (!is_authority(host)) {
        return "The Host header is not a host and port";
    }
    if (lengths > 1 || length.find_first_not_of("0123456789") != std::string_view::npos) {
        return "A request has at most one Content-Length, which is a number";
    }
    if (codings != 0 &&
        (head.http_1_0 || lengths != 0 || codings > 1 || !same_in_any_case(coding, "chunked"))) {
        return "The only Transfer-Encoding is chunked, without Content-Length, not in HTTP/1.0";
    }
    return {};
}

Request request_of(RequestHead& head, std::string_view body, std::string_view id) {
    return {.method = head.method,
            .target = head.target,
            .body = body,
            .id = id,
            .if_none_match = head.value("If-None-Match"),
            .origin = head.value("Origin"),
            .accept_encoding = head.value("Accept-Encoding"),
            .key = head.key()};
}

std::string new_request_id() {
    static const std::uint32_t process = std::random_device()();
    static std::atomic<std::uint64_t> next = 1;
    return fmt::format(FMT_COMPILE("{:08x}-{:08x}"), process, next.fetch_add(1, std::memory_order_relaxed));
}

bool is_request_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
}

namespace {

std::string_view opaque(std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

// The q among the parameters of a coding: 1 if there is none, 0 if it is not one.
double quality_in(std::string_view parameters) {
    while (!parameters.empty()) {
        std::string_view value = trimmed(next_part(parameters, ';'));
        if (same_in_any_case(trimmed(next_part(value, '=')), "q")) {
            const std::optional<double> quality = parse_number<double>(trimmed(value));
            return quality && *quality >= 0 && *quality <= 1 ? *quality : 0;
        }
    }
    return 1;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    std::optional<double> gzip;
    std::optional<double> any;
    double identity = 0;
    while (!accept_encoding.empty()) {
        std::string_view parameters = next_part(accept_encoding, ',');
        const std::string_view coding = trimmed(next_part(parameters, ';'));
        const double quality = quality_in(parameters);
        if (same_in_any_case(coding, "gzip") || same_in_any_case(coding, "x-gzip")) {
            gzip = std::max(quality, gzip.value_or(0));
        } else if (coding == "*") {
            any = quality;
        } else if (same_in_any_case(coding, "identity")) {
            identity = quality;
        }
    }
    const double wanted = gzip ? *gzip : any.value_or(0);
    return wanted > 0 && wanted >= identity;
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
    while (!if_none_match.empty()) {
        if (opaque(trimmed(next_part(if_none_match, ','))) == opaque(tag)) {
            return true;
        }
    }
    return false;
}

}  // namespace bingefriend
