// A storage account, as a connection string describes it: its address and credentials.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/secret.hpp"

namespace bingefriend {

struct AccountKey {
    std::string account;
    Secret key;  // raw bytes
};
struct SharedAccessSignature {
    Secret query;  // without the question mark
};
struct NoSecret {};  // the machine's managed identity opens it

struct BlobAccount {
    std::string endpoint;  // "https://NAME.blob.core.windows.net", no slash at the end
    std::variant<AccountKey, SharedAccessSignature, NoSecret> credential;

    // Takes the forms that Azure's tools print: AccountName and AccountKey, SharedAccessSignature,
    // BlobEndpoint, EndpointSuffix, DefaultEndpointsProtocol, UseDevelopmentStorage.  Without a key or a
    // signature the managed identity is meant, over HTTPS or the loopback alone.
    // Throws Error{usage} that shows nothing of the text's values.
    [[nodiscard]] static BlobAccount parse(std::string_view connection_string);
};

// Throws Error{usage} unless the service allows a container of this name.
void check_container_name(std::string_view name);

}  // namespace bingefriend
