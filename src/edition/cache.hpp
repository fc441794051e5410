// A cache within a budget of memory.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <queue>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bingefriend {

struct CacheCount {
    std::size_t entries = 0, bytes = 0;
    std::uint64_t hits = 0, misses = 0;
};

// Lookups of successive caches: a cache that replaces another continues its counts.
struct CacheLookups {
    std::atomic<std::uint64_t> hits = 0, misses = 0;
};

// Second-chance eviction: the oldest entry that was not found since it was last considered.  Thread-safe.
//
// View looks up a key: a std::string_view for a std::string, any other type itself.
template <typename Key, typename View, typename Value, typename Hash = std::hash<View>>
class Cache {
  public:
    using Pointer = std::shared_ptr<const Value>;

    // `lookups` is shared, as the caches that count there come and go.
    explicit Cache(std::size_t budget_bytes,
                   std::shared_ptr<CacheLookups> lookups = std::make_shared<CacheLookups>())
        : budget_(budget_bytes), lookups_(std::move(lookups)) {
        entries_.max_load_factor(0.5);
    }

    [[nodiscard]] bool is_enabled() const noexcept { return budget_ != 0; }

    // Null if it is not there.
    [[nodiscard]] Pointer find(View key) {
        if (!is_enabled()) {
            return nullptr;
        }
        const std::scoped_lock lock(mutex_);
        const Entry* const entry = found(key);
        return entry == nullptr ? nullptr : entry->value;
    }

    // By key.
    [[nodiscard]] std::vector<Pointer> find_all(std::span<const View> keys) {
        std::vector<Pointer> values;
        values.reserve(keys.size());
        std::vector<const Entry*> entries;
        entries.reserve(keys.size());
        const std::scoped_lock lock(mutex_);
        // Sharing a value waits for memory; the search for the next key does not.
        for (const View& key : keys) {
            if (const Entry* const entry = entries.emplace_back(found(key))) {
                __builtin_prefetch(entry->value.get());
            }
        }
        for (const Entry* entry : entries) {
            values.push_back(entry == nullptr ? nullptr : entry->value);
        }
        return values;
    }

    // bytes: the memory of key and value; the overhead of the cache is added here.
    void put(Key key, Pointer value, std::size_t bytes) {
        bytes += bytes_of_an_entry;
        if (bytes > budget_) {
            return;
        }
        const std::scoped_lock lock(mutex_);
        const auto [at, is_new] = entries_.try_emplace(std::move(key));
        if (is_new) {
            eviction_queue_.push(&at->first);
        }
        Entry& entry = at->second;
        bytes_ += bytes - entry.bytes;
        entry = {std::move(value), bytes, !is_new};
        while (bytes_ > budget_) {
            evict_or_spare();
        }
    }

    void clear() {
        const std::scoped_lock lock(mutex_);
        eviction_queue_ = {};
        entries_.clear();
        bytes_ = 0;
    }

    [[nodiscard]] CacheCount count() const {
        const std::scoped_lock lock(mutex_);
        return {entries_.size(), bytes_, lookups_->hits, lookups_->misses};
    }

  private:
    struct Entry {
        Pointer value;
        std::size_t bytes = 0;
        bool found = false;  // since it was last considered for eviction
    };
    struct TransparentHash : Hash {
        using is_transparent = void;
    };
    // With the node of the table, its share of the table and of the queue, and the counter of the pointer.
    static constexpr std::size_t bytes_of_an_entry =
        sizeof(Key) + sizeof(Entry) + 2 * sizeof(void*) + 3 * sizeof(void*) + 16;

    // Null if it is not there.
    Entry* found(View key) {
        const auto at = entries_.find(key);
        if (at == entries_.end()) {
            ++lookups_->misses;
            return nullptr;
        }
        ++lookups_->hits;
        at->second.found = true;
        return &at->second;
    }
    void evict_or_spare() {
        const Key* const oldest = eviction_queue_.front();
        eviction_queue_.pop();
        const auto at = entries_.find(*oldest);
        if (std::exchange(at->second.found, false)) {
            eviction_queue_.push(oldest);
        } else {
            bytes_ -= at->second.bytes;
            entries_.erase(at);
        }
    }

    const std::size_t budget_;
    const std::shared_ptr<CacheLookups> lookups_;
    mutable std::mutex mutex_;
    std::unordered_map<Key, Entry, TransparentHash, std::equal_to<>> entries_;
    std::queue<const Key*> eviction_queue_;  // each key once, the next to consider first
    std::size_t bytes_ = 0;
};

}  // namespace bingefriend
