// The token of the machine's managed identity, which opens storage without a secret.
// Source: Microsoft's "How to use managed identities to acquire an access token", on the instance metadata
// service of virtual machines, container instances and Kubernetes.
#pragma once

#include <chrono>
#include <string>

#include "base/secret.hpp"
#include "net/http_client.hpp"

namespace bingefriend {

struct IdentitySettings {
    std::string metadata_host = "http://169.254.169.254";
    std::string client_id;  // of a user-assigned identity; empty: the machine's own
};

// Used by one thread at a time.
class ManagedIdentity {
  public:
    explicit ManagedIdentity(IdentitySettings settings, HttpSettings http = {});

    // Asks for a token, or gives the last one until five minutes before it ends.
    // Throws Error{unavailable} that says what to do if the machine has no identity.
    [[nodiscard]] const Secret& token();

  private:
    [[nodiscard]] HttpRequest request() const;

    IdentitySettings settings_;
    Clock clock_;
    HttpClient client_;
    Secret token_;
    std::chrono::system_clock::time_point good_until_;
};

}  // namespace bingefriend
