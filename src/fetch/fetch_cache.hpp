// The cache of a fetch on disk: an interrupted fetch resumes, and the next one requests only what changed.
// Stores responses by kind, number and version, each compressed with zstd, with its checksum.
//
// One SQLite file for all sources.  A truncated or corrupt response counts as missing.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace bingefriend {

// Thread-safe.
class FetchCache {
  public:
    enum class Kind { page = 0, show = 1, seasons = 2 };

    // `source` names the service.  With an empty folder, the cache is in memory.  Replaces a corrupt file.
    // Throws Error{conflict} if another fetch works in the folder, Error{unavailable} if the file cannot be
    // written.
    FetchCache(const std::filesystem::path& folder, std::string_view source);
    FetchCache(const FetchCache&) = delete;
    FetchCache& operator=(const FetchCache&) = delete;
    ~FetchCache();

    // The last response put under kind and number; none if it has another version or is corrupt.
    [[nodiscard]] std::optional<std::string> find(Kind kind, std::int64_t number, std::int64_t version) const;
    void put(Kind kind, std::int64_t number, std::int64_t version, std::string_view bytes);
    [[nodiscard]] bool has(Kind kind, std::int64_t number) const;
    void erase_from(Kind kind, std::int64_t number);  // this number and all greater ones

    // Removes everything of the source: the next fetch starts over and compares with nothing.
    void clear();

    // The unfinished fetch, unless it is older than `max_age`; else a new one.  A fetch is identified by the
    // milliseconds since 1970 when it began.
    [[nodiscard]] std::int64_t current_fetch(std::chrono::system_clock::time_point now,
                                             std::chrono::milliseconds max_age);
    // Ends the fetch.  `shows`: how many it had, to compare the next one with; none if it was not complete.
    void end_fetch(std::optional<std::size_t> shows);
    [[nodiscard]] std::optional<std::size_t> shows_of_last_fetch() const;

    // Whether a corrupt file was replaced.
    [[nodiscard]] bool was_corrupt() const noexcept { return was_corrupt_; }

  private:
    struct Database;
    std::unique_ptr<Database> database_;
    std::int64_t source_ = 0;
    bool was_corrupt_ = false;
};

}  // namespace bingefriend
