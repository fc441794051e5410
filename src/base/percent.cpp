#include "base/percent.hpp"

#include <fmt/format.h>

#include <charconv>

namespace bingefriend {
namespace {

// The byte of the escape that starts at `at`; empty if it is broken.
std::optional<char> escaped_byte(std::string_view text, std::size_t at) {
    if (text.size() - at < 3) {
        return {};
    }
    unsigned char value = 0;
    const char* const digits = text.data() + at + 1;
    return std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2
               ? std::optional(static_cast<char>(value))
               : std::nullopt;
}

}  // namespace

std::string percent_decoded(std::string_view text, Plus plus) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::optional<char> byte = text[at] == '%' ? escaped_byte(text, at) : std::nullopt;
        decoded += byte ? *byte : text[at] == '+' && plus == Plus::space ? ' ' : text[at];
        at += byte ? 2 : 0;
    }
    return decoded;
}

std::optional<std::string> percent_decoded_strictly(std::string_view text, Plus plus) {
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 3)) {
        if (!escaped_byte(text, at)) {
            return {};
        }
    }
    return percent_decoded(text, plus);
}

std::string percent_encoded(std::string_view text, std::string_view keep) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string encoded;
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos || keep.find(c) != std::string_view::npos) {
            encoded += c;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return encoded;
}

}  // namespace bingefriend
