// One publisher at a time: a lock that dies with the process that holds it.
#pragma once

#include <filesystem>

namespace bingefriend {

class PublisherLock {
  public:
    // Locks the file beside the database.  Throws Error{conflict} where another process holds it.
    explicit PublisherLock(const std::filesystem::path& database);
    PublisherLock(const PublisherLock&) = delete;
    PublisherLock& operator=(const PublisherLock&) = delete;
    ~PublisherLock();

  private:
    int file_ = -1;
};

}  // namespace bingefriend
