// URLs as messages show them: without secrets.
#pragma once

#include <string>
#include <string_view>

namespace bingefriend {

// Whether it is certain where the user and password of a URL end:
// SCHEME://[USER[:PASSWORD]@]HOST[:PORT][/PATH], the scheme optional, with no @ after the host.  A password
// that holds @, /, ? or # unescaped makes it uncertain.  After the path, only an @ counts.
[[nodiscard]] bool is_clear_url(std::string_view url);

// Scheme, host, port and path of a URL, without user, password, query and fragment.  Of a URL that is not
// clear only the scheme: "https://...".
[[nodiscard]] std::string without_secrets(std::string_view url);

// A text of others (of a library, a server or the command line) with each URL in it as without_secrets shows
// it, and without the values of names like "sig=" and "AccountKey=".
[[nodiscard]] std::string with_shown_urls(std::string_view text);

// Throws Error{usage} that names `key`, and shows nothing of the URL, if it is not clear.
void require_clear_url(std::string_view url, std::string_view key);

}  // namespace bingefriend
