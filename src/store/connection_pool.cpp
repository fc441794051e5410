#include "store/connection_pool.hpp"

#include "store/migrations.hpp"

namespace bingefriend {

ConnectionPool::Lease ConnectionPool::take() {
    Lease lease = begin_lease();
    while (std::optional<Pooled> pooled = idle_one()) {
        if (is_fit(*pooled)) {
            lease.pooled_ = std::move(*pooled);
            return lease;
        }
    }
    lease.pooled_ = open();
    return lease;
}

ConnectionPool::Lease ConnectionPool::take_new() {
    Lease lease = begin_lease();
    lease.pooled_ = open();
    return lease;
}

// Waits while all are closed, and has them closed where they lead elsewhere.
ConnectionPool::Lease ConnectionPool::begin_lease() {
    const Database::Place place = database_->place();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !closing_; });
    if (place_ && *place_ != place) {
        schema_checked_ = false;
        close_all(lock);
    }
    place_ = place;
    ++leased_;
    return Lease(*this);
}

std::optional<ConnectionPool::Pooled> ConnectionPool::idle_one() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) {
        return {};
    }
    Pooled pooled = std::move(idle_.back());  // the one used last: the others age and are renewed
    idle_.pop_back();
    return pooled;
}

bool ConnectionPool::is_fit(Pooled& pooled) const {
    const auto now = Clock::now();
    return now - pooled.opened < settings_.renewed_after &&
           (now - pooled.used < settings_.checked_after || pooled.connection->is_alive());
}

ConnectionPool::Pooled ConnectionPool::open() {
    std::unique_lock lock(mutex_);
    const std::uint64_t epoch = epoch_;
    const bool check = !schema_checked_;
    lock.unlock();
    Pooled pooled{database_->connect(Access::read), Clock::now(), Clock::now(), epoch};
    if (check) {
        require_current_schema(*pooled.connection);
        lock.lock();
        schema_checked_ = schema_checked_ || epoch == epoch_;
    }
    return pooled;
}

void ConnectionPool::give_back(Pooled pooled) {
    pooled.used = Clock::now();
    const std::lock_guard lock(mutex_);
    --leased_;
    if (pooled.connection && pooled.epoch == epoch_) {
        idle_.push_back(std::move(pooled));
    } else {
        pooled.connection.reset();
    }
    changed_.notify_all();
}

void ConnectionPool::close_all(std::unique_lock<std::mutex>& lock) {
    closing_ = true;
    ++epoch_;
    idle_.clear();
    changed_.wait_for(lock, settings_.waits_for_others, [&] { return leased_ == 0; });
    closing_ = false;
    changed_.notify_all();
}

void ConnectionPool::found(const std::optional<Found>& found) {
    std::unique_lock lock(mutex_);
    if (!found) {
        found_nothing_ = true;
        return;
    }
    const bool is_other = found_ && *found_ != *found;
    if (found_ && found_->database != found->database) {
        schema_checked_ = false;
    }
    found_ = found;
    if (std::exchange(found_nothing_, false) || is_other) {
        changed_.wait(lock, [&] { return !closing_; });
        close_all(lock);
    }
}

bool ConnectionPool::renew_for_damage() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !closing_; });
    const auto now = Clock::now();
    if (damage_ && now - *damage_ < settings_.between_damages) {
        return false;
    }
    damage_ = now;
    close_all(lock);
    return true;
}

}  // namespace bingefriend
