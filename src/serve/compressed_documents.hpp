// The documents of the server, each compressed once: to compress one costs more than a list.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "serve/gzip.hpp"

namespace bingefriend {

// Thread-safe.
class CompressedDocuments {
  public:
    // REQUIRES: a name always has the same text, and there are few names.
    [[nodiscard]] std::shared_ptr<const std::string> compressed(const std::string& name,
                                                                std::string_view text) {
        const std::scoped_lock lock(mutex_);
        std::shared_ptr<const std::string>& document = documents_[name];
        if (!document) {
            document = std::make_shared<const std::string>(gzipped(text));
        }
        return document;
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const std::string>> documents_;
};

}  // namespace bingefriend
