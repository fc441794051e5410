#include "serve/answer_cache.hpp"

#include <functional>
#include <utility>

namespace bingefriend {

// The body, the key, and what the list, the table and their nodes take: near enough for a budget.
std::size_t AnswerCache::Entry::bytes() const {
    return answer.body->capacity() + key.capacity() + 256;
}

void AnswerCache::Shard::drop(std::list<Entry>::iterator at) {
    bytes -= at->bytes();
    places.erase(at->key);
    entries.erase(at);
}

AnswerCache::Shard& AnswerCache::shard_of(std::string_view key) {
    return shards_[std::hash<std::string_view>()(key) % shard_count];
}

KeptAnswer AnswerCache::find(std::string_view key, std::int64_t generation) {
    if (shard_budget_ == 0) {
        return {};
    }
    Shard& shard = shard_of(key);
    const std::scoped_lock lock(shard.mutex);
    const auto at = shard.places.find(key);
    if (at == shard.places.end() || at->second->answer.generation != generation) {
        misses_.fetch_add(1, std::memory_order_relaxed);
        return {};
    }
    hits_.fetch_add(1, std::memory_order_relaxed);
    shard.entries.splice(shard.entries.begin(), shard.entries, at->second);
    return at->second->answer;
}

void AnswerCache::keep(std::string key, KeptAnswer answer) {
    Entry entry{std::move(key), std::move(answer)};
    const std::size_t bytes = entry.bytes();
    if (bytes > shard_budget_) {
        return;
    }
    Shard& shard = shard_of(entry.key);
    const std::scoped_lock lock(shard.mutex);
    if (const auto at = shard.places.find(entry.key); at != shard.places.end()) {
        shard.drop(at->second);
    }
    while (shard.bytes + bytes > shard_budget_) {
        shard.drop(std::prev(shard.entries.end()));
    }
    shard.entries.push_front(std::move(entry));
    shard.places.emplace(shard.entries.front().key, shard.entries.begin());
    shard.bytes += bytes;
}

AnswerCache::Count AnswerCache::count() const {
    Count count{.hits = hits_, .misses = misses_};
    for (const Shard& shard : shards_) {
        const std::scoped_lock lock(shard.mutex);
        count.entries += shard.entries.size();
        count.bytes += shard.bytes;
    }
    return count;
}

}  // namespace bingefriend
