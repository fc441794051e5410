// Answers of the published generation, kept as they were sent, within a budget of memory.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bingefriend {

struct KeptAnswer {
    std::int64_t generation = 0;
    unsigned status = 200;
    std::shared_ptr<const std::string> body;
};

// The least recently used leave first.  An answer of another generation is none.  Any thread.
class AnswerCache {
  public:
    explicit AnswerCache(std::size_t budget_bytes) : shard_budget_(budget_bytes / shard_count) {}

    // A body of null where it is not there.
    [[nodiscard]] KeptAnswer find(std::string_view key, std::int64_t generation);
    void keep(std::string key, KeptAnswer answer);

    struct Count {
        std::size_t entries = 0, bytes = 0;
        std::uint64_t hits = 0, misses = 0;
    };
    [[nodiscard]] Count count() const;

  private:
    static constexpr std::size_t shard_count = 8;
    struct Entry {
        std::string key;
        KeptAnswer answer;
        [[nodiscard]] std::size_t bytes() const;
    };
    struct Shard {
        mutable std::mutex mutex;
        std::list<Entry> entries;  // the most recently used first
        std::unordered_map<std::string_view, std::list<Entry>::iterator> places;
        std::size_t bytes = 0;
        void drop(std::list<Entry>::iterator at);
    };
    Shard& shard_of(std::string_view key);

    std::size_t shard_budget_;
    std::array<Shard, shard_count> shards_;
    std::atomic<std::uint64_t> hits_ = 0, misses_ = 0;
};

}  // namespace bingefriend
