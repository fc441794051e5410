#include "notify/address.hpp"

#include <curl/curl.h>

#include <memory>

#include "base/error.hpp"
#include "base/shown_url.hpp"

namespace bingefriend {

Address address_in(const Secret& url, const std::string& key) {
    require_clear_url(url.reveal(), key);
    const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), curl_url_cleanup);
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.reveal().c_str(),
                                CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
        throw Error(ErrorKind::usage, key + " is no URL", "", "give SCHEME://HOST, with what follows");
    }
    const auto part = [&](CURLUPart which, unsigned flags) {
        char* text = nullptr;
        const bool there = curl_url_get(parsed.get(), which, &text, flags) == CURLUE_OK;
        const std::string copy = there ? text : "";
        curl_free(text);
        return copy;
    };
    Address address{part(CURLUPART_SCHEME, 0), part(CURLUPART_USER, CURLU_URLDECODE),
                    Secret(part(CURLUPART_PASSWORD, CURLU_URLDECODE)), part(CURLUPART_HOST, 0), ""};
    const std::string port = part(CURLUPART_PORT, 0);
    address.origin = address.scheme + "://" + address.host + (port.empty() ? "" : ":" + port);
    return address;
}

}  // namespace bingefriend
