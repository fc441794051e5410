// Percent encoding of URLs (RFC 3986).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bingefriend {

// What "+" means in the text: in queries of HTML forms, a space.
enum class Plus { literal, space };

// Decodes %XX; a broken escape stays as it is.
[[nodiscard]] std::string percent_decoded(std::string_view text, Plus plus = Plus::literal);

// The same; empty if an escape is broken.
[[nodiscard]] std::optional<std::string> percent_decoded_strictly(std::string_view text,
                                                                  Plus plus = Plus::literal);

// Encodes all bytes except unreserved characters and those in `keep`.
[[nodiscard]] std::string percent_encoded(std::string_view text, std::string_view keep = {});

}  // namespace bingefriend
