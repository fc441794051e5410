// Values of the published generation, kept within a budget of memory.
#pragma once

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

// The oldest leave first, but those that were found since they last had their turn get another.  A value of
// another generation is none.  Any thread.
//
// View is what a key is looked up by: a std::string_view of a std::string, any other type itself.
template <typename Key, typename View, typename Value>
class GenerationCache {
  public:
    using Pointer = std::shared_ptr<const Value>;

    explicit GenerationCache(std::size_t budget_bytes) : budget_(budget_bytes) {
        entries_.max_load_factor(0.5);
    }

    [[nodiscard]] bool keeps_any() const noexcept { return budget_ != 0; }

    // Null where it is not there.
    [[nodiscard]] Pointer find(View key, std::int64_t generation) {
        if (!keeps_any()) {
            return nullptr;
        }
        const std::scoped_lock lock(mutex_);
        const Entry* const entry = found(key, generation);
        return entry == nullptr ? nullptr : entry->value;
    }

    // By key.
    [[nodiscard]] std::vector<Pointer> find_all(std::span<const View> keys, std::int64_t generation) {
        std::vector<Pointer> values;
        values.reserve(keys.size());
        std::vector<const Entry*> entries;
        entries.reserve(keys.size());
        const std::scoped_lock lock(mutex_);
        // To count one more user of a value waits for memory, to look for the next does not.
        for (const View& key : keys) {
            if (const Entry* const entry = entries.emplace_back(found(key, generation))) {
                __builtin_prefetch(entry->value.get());
            }
        }
        for (const Entry* entry : entries) {
            values.push_back(entry == nullptr ? nullptr : entry->value);
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
        const auto [place, is_new] = entries_.try_emplace(std::move(key));
        if (is_new) {
            turns_.push(&place->first);
        }
        Entry& entry = place->second;
        bytes_ += bytes - entry.bytes;
        entry = {generation, std::move(value), bytes, !is_new};  // one in another's place gets another turn
        while (bytes_ > budget_) {
            make_room();
        }
    }

    void clear() {
        const std::scoped_lock lock(mutex_);
        turns_ = {};
        entries_.clear();
        bytes_ = 0;
    }

    [[nodiscard]] CacheCount count() const {
        const std::scoped_lock lock(mutex_);
        return {entries_.size(), bytes_, hits_, misses_};
    }

  private:
    struct Entry {
        std::int64_t generation = 0;
        Pointer value;
        std::size_t bytes = 0;
        bool found = false;  // since it had its turn
    };
    struct Hash : std::hash<View> {
        using is_transparent = void;
    };
    // With the node of the table, its share of the table and of the turns, and the counter of the pointer:
    // near enough for a budget.
    static constexpr std::size_t bytes_of_an_entry =
        sizeof(Key) + sizeof(Entry) + 2 * sizeof(void*) + 3 * sizeof(void*) + 16;

    // Null where it is not there.
    Entry* found(View key, std::int64_t generation) {
        const auto place = entries_.find(key);
        if (place == entries_.end() || place->second.generation != generation) {
            ++misses_;
            return nullptr;
        }
        ++hits_;
        place->second.found = true;
        return &place->second;
    }
    void make_room() {
        const Key* const oldest = turns_.front();
        turns_.pop();
        const auto place = entries_.find(*oldest);
        if (std::exchange(place->second.found, false)) {
            turns_.push(oldest);
        } else {
            bytes_ -= place->second.bytes;
            entries_.erase(place);
        }
    }

    const std::size_t budget_;
    mutable std::mutex mutex_;
    std::unordered_map<Key, Entry, Hash, std::equal_to<>> entries_;
    std::queue<const Key*> turns_;  // each key once, the one whose turn is next first
    std::size_t bytes_ = 0;
    std::uint64_t hits_ = 0, misses_ = 0;
};

}  // namespace bingefriend
