// A container of block blobs in Azure Blob Storage, or in its emulator.
// Source: Microsoft's "Blob service REST API".
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "azure/blob_account.hpp"
#include "azure/managed_identity.hpp"
#include "azure/shared_key.hpp"
#include "net/http_client.hpp"

namespace bingefriend {

struct BlobSettings {
    // What goes over the line at once and is held in memory; a larger blob goes in blocks of this size.
    std::size_t chunk_bytes = std::size_t{8} << 20;
    std::size_t page_blobs = 5'000;  // names a request for a list, at most
    HttpSettings http;
    IdentitySettings identity;
};

struct BlobProperties {
    std::string name;
    std::uint64_t size = 0;
    std::string etag;  // changes whenever the blob does
};

// What must hold for a blob to be written; none: it is written in any case.
struct BlobCondition {
    std::string etag;     // the blob is there with this etag
    bool absent = false;  // the blob is not there
};

// Names are UTF-8 as a person writes them.  Every request is tried again as net does.
// Throws Error that says what to do: usage for what the configuration names, unavailable for the rest; no
// message shows a secret.  Used by one thread at a time.
class BlobContainer {
  public:
    // Throws Error{usage} if storage knows no container of such a name.  Sends nothing yet.
    BlobContainer(BlobAccount account, std::string name, BlobSettings settings = {});
    ~BlobContainer();

    // Makes the container; one that is there stays as it is.
    void create();

    // Gives up to buffer.size() next bytes and returns how many; fewer only at the end.
    using Source = std::function<std::size_t(std::span<char> buffer)>;
    // Writes the blob: nobody sees half of it.  The service checks an MD5 of every piece.
    void put(const std::string& blob, const Source& source);
    // Writes a small blob under a condition; false if that does not hold.
    [[nodiscard]] bool put_if(const std::string& blob, std::string_view bytes,
                              const BlobCondition& condition);
    // The service copies a blob of this container.
    void copy(const std::string& from, const std::string& to);

    // The blob piece by piece, all of one version of it; absence is nullopt, before any piece was given.
    using Sink = std::function<void(std::string_view piece)>;
    std::optional<BlobProperties> get(const std::string& blob, const Sink& sink);
    [[nodiscard]] std::optional<BlobProperties> head(const std::string& blob);

    // Every blob whose name begins so, in the order of the names.
    [[nodiscard]] std::vector<BlobProperties> list(const std::string& prefix);
    // False if it was not there.
    bool remove(const std::string& blob);

    // Scheme, host and path, for messages.
    [[nodiscard]] std::string place(const std::string& blob = {}) const;
    [[nodiscard]] std::chrono::system_clock::time_point now() const { return settings_.http.clock.now(); }
    [[nodiscard]] std::size_t retries() const noexcept { return retries_; }

  private:
    [[nodiscard]] HttpResponse send(const StorageRequest& request);
    [[nodiscard]] StorageRequest request(std::string method, const std::string& blob = {}) const;
    [[nodiscard]] HttpRequest signed_request(const StorageRequest& request);
    [[nodiscard]] HttpResponse send_piece(StorageRequest request, std::string_view bytes);
    void put_blocks(const std::string& blob, std::string first, const Source& source);
    [[noreturn]] void refuse(const HttpResponse& response, const char* what, const std::string& blob) const;

    BlobAccount account_;
    std::string name_;
    BlobSettings settings_;
    std::string root_;  // the path of the endpoint, with which every path begins
    HttpClient client_;
    std::size_t retries_ = 0;
    std::unique_ptr<ManagedIdentity> identity_;
};

}  // namespace bingefriend
