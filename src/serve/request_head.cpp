#include "serve/request_head.hpp"

#include <algorithm>

#include "base/trimmed.hpp"
#include "serve/header_text.hpp"

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

}  // namespace bingefriend
