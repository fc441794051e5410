#include "azure/shared_key.hpp"

#include <fmt/format.h>

#include "base/digests.hpp"

namespace bingefriend {

std::string shared_key_authorization(const AccountKey& key, const StorageRequest& request) {
    std::string text = request.method + '\n';
    for (const char* name :
         {"content-encoding", "content-language", "content-length", "content-md5", "content-type", "date",
          "if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range"}) {
        if (std::string_view(name) == "content-length") {
            text += request.body.empty() ? "" : std::to_string(request.body.size());
        } else if (const auto header = request.headers.find(name); header != request.headers.end()) {
            text += header->second;
        }
        text += '\n';
    }
    for (const auto& [name, value] : request.headers) {
        if (name.starts_with("x-ms-")) {
            text += fmt::format("{}:{}\n", name, value);
        }
    }
    text += fmt::format("/{}{}", key.account, request.path);
    for (const auto& [name, value] : request.query) {
        text += fmt::format("\n{}:{}", name, value);
    }
    return fmt::format("SharedKey {}:{}", key.account, base64(hmac_sha256(key.key.reveal(), text)));
}

}  // namespace bingefriend
