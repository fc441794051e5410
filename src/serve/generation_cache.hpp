// Values of the published generation, kept within a budget of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bingefriend {

struct CacheCount {
    std::size_t entries = 0, bytes = 0;
    std::uint64_t hits = 0, misses = 0;
};

// The oldest leave first, but those that were found since they last had their turn get another.  A value of
// another generation is none.  Any thread.
//
// View is what a key is looked up by: a std::string_view of a std::string, any other type itself.
template <typename Key, typename View, typename Value>
class GenerationCache {
  public:
    using Pointer = std::shared_ptr<const Value>;

    explicit GenerationCache(std::size_t budget_bytes) : budget_(budget_bytes) {}

    [[nodiscard]] bool keeps_any() const noexcept { return budget_ != 0; }

    // Null where it is not there.
    [[nodiscard]] Pointer find(View key, std::int64_t generation) {
        if (!keeps_any()) {
            return nullptr;
        }
        const std::scoped_lock lock(mutex_);
        return found(key, generation);
    }

    // By key.
    [[nodiscard]] std::vector<Pointer> find_all(std::span<const View> keys, std::int64_t generation) {
        std::vector<Pointer> values;
        values.reserve(keys.size());
        const std::scoped_lock lock(mutex_);
        for (const View& key : keys) {
            values.push_back(found(key, generation));
        }
        return values;
    }

    // bytes: what key and value take; what the cache takes besides is added here.
    void keep(Key key, std::int64_t generation, Pointer value, std::size_t bytes) {
        bytes += bytes_of_an_entry;
        if (bytes > budget_) {
            return;
        }
        const std::scoped_lock lock(mutex_);
        if (const auto at = places_.find(key); at != places_.end()) {
            drop(at->second);
        }
        while (bytes_ + bytes > budget_) {
            make_room();
        }
        bytes_ += bytes;
        entries_.push_front({std::move(key), generation, std::move(value), bytes, false});
        places_.emplace(entries_.front().key, entries_.begin());
    }

    void clear() {
        const std::scoped_lock lock(mutex_);
        places_.clear();
        entries_.clear();
        bytes_ = 0;
    }

    [[nodiscard]] CacheCount count() const {
        const std::scoped_lock lock(mutex_);
        return {entries_.size(), bytes_, hits_, misses_};
    }

  private:
    struct Entry {
        Key key;
        std::int64_t generation;
        Pointer value;
        std::size_t bytes;
        bool found;
    };
    using Entries = std::list<Entry>;  // the newest first
    // With the nodes of the list and of the table, the table itself, and the counter of the pointer: near
    // enough for a budget.
    static constexpr std::size_t bytes_of_an_entry = sizeof(Entry) + 2 * sizeof(void*) + 48 + 16;

    Pointer found(View key, std::int64_t generation) {
        const auto at = places_.find(key);
        if (at == places_.end() || at->second->generation != generation) {
            ++misses_;
            return nullptr;
        }
        ++hits_;
        at->second->found = true;
        return at->second->value;
    }
    void drop(typename Entries::iterator at) {
        bytes_ -= at->bytes;
        places_.erase(at->key);
        entries_.erase(at);
    }
    void make_room() {
        const auto oldest = std::prev(entries_.end());
        if (std::exchange(oldest->found, false)) {
            entries_.splice(entries_.begin(), entries_, oldest);
        } else {
            drop(oldest);
        }
    }

    const std::size_t budget_;
    mutable std::mutex mutex_;
    Entries entries_;
    std::unordered_map<View, typename Entries::iterator> places_;
    std::size_t bytes_ = 0;
    std::uint64_t hits_ = 0, misses_ = 0;
};

}  // namespace bingefriend
