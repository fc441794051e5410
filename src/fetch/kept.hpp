// What a fetch keeps on the disk, so that one that was killed goes on where it stopped and the next one asks
// only for what changed: answers by kind, number and version, each packed by zstd with its checksum.
//
// One SQLite file for all sources.  What is torn or damaged is never read back: it counts as not there.
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

// Used by many threads.
class Kept {
  public:
    enum class Kind { page = 0, show = 1, seasons = 2 };

    // `source` tells one upstream from another.  An empty folder: nothing outlives the object.
    // Throws Error{conflict} where another fetch works in the folder, Error{unavailable} where the disk
    // refuses. A damaged file is set aside and begun anew.
    Kept(const std::filesystem::path& folder, std::string_view source);
    Kept(const Kept&) = delete;
    Kept& operator=(const Kept&) = delete;
    ~Kept();

    // What was put last under kind and number, where it has this version and is whole.
    [[nodiscard]] std::optional<std::string> find(Kind kind, std::int64_t number, std::int64_t version) const;
    void put(Kind kind, std::int64_t number, std::int64_t version, std::string_view bytes);
    [[nodiscard]] bool has(Kind kind, std::int64_t number) const;
    void erase_from(Kind kind, std::int64_t number);  // this and all greater numbers

    // Forgets all of the source: nothing is gone on with and nothing compared.
    void forget();

    // The run that was begun last and has not ended, unless it is older than `max_age`; else a new one.
    // A run is named by the milliseconds since 1970 when it began.
    [[nodiscard]] std::int64_t run(std::chrono::system_clock::time_point now,
                                   std::chrono::milliseconds max_age);
    // Ends the run.  `shows`: how many it had, to compare the next with; none where it was not a whole one.
    void end_run(std::optional<std::size_t> shows);
    [[nodiscard]] std::optional<std::size_t> shows_of_last_run() const;

    // Whether a damaged file was set aside.
    [[nodiscard]] bool was_damaged() const noexcept { return was_damaged_; }

  private:
    struct Database;
    std::unique_ptr<Database> database_;
    std::int64_t source_ = 0;
    bool was_damaged_ = false;
};

}  // namespace bingefriend
