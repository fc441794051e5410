// The documents of the server, each stored and compressed once for all clients.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "bodies/gzip.hpp"

namespace bingefriend {

// Thread-safe.
class SharedDocuments {
  public:
    // REQUIRES: a name always has the same text, and there are few names.
    [[nodiscard]] std::shared_ptr<const std::string> document(const std::string& name, std::string_view text,
                                                              bool compressed) {
        const std::scoped_lock lock(mutex_);
        std::shared_ptr<const std::string>& document = documents_[{name, compressed}];
        if (!document) {
            document = std::make_shared<const std::string>(compressed ? gzipped(text) : std::string(text));
        }
        return document;
    }

  private:
    std::mutex mutex_;
    std::map<std::pair<std::string, bool>, std::shared_ptr<const std::string>> documents_;
};

}  // namespace bingefriend
