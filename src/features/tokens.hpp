// Text -> tokens: lower case, without accents, split into words.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace bingefriend {

// Lower case by Unicode's full mapping; then, unless all is ASCII, NFKD without the characters of a
// combining class other than 0.
[[nodiscard]] std::string normalised_text(std::string_view text);

// Calls `visit` with every maximal run of two or more word characters, in order.  Word characters
// are letters, digits and other numerics of Unicode, and "_".
void for_each_token(std::string_view normalised, const std::function<void(std::string_view)>& visit);

}  // namespace bingefriend
