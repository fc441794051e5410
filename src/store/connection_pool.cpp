#include "store/connection_pool.hpp"

#include "store/migrations.hpp"

namespace bingefriend {
namespace {

[[noreturn]] void throw_replaced(const Database& database) {
    throw DatabaseError(Failure::lasting, ErrorKind::unavailable,
                        "the database was replaced, and the one before is still being read", database.where(),
                        "try again");
}

}  // namespace

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

ConnectionCount ConnectionPool::count() {
    const std::lock_guard lock(mutex_);
    return {leased_, idle_.size()};
}

ConnectionPool::Lease ConnectionPool::begin_lease() {
    const Database::Place place = database_->place();
    std::unique_lock lock(mutex_);
    if (place_ && place.replaces(*place_)) {
        schema_checked_ = false;
        begin_epoch(Closing::replaced);
    }
    place_ = place;
    changed_.wait_until(lock, closing_until_, [&] { return closing_ == Closing::none; });
    if (closing_ == Closing::replaced) {
        throw_replaced(*database_);
    }
    closing_ = Closing::none;
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
    if (leased_ == 0) {
        closing_ = Closing::none;
        changed_.notify_all();
    }
}

void ConnectionPool::begin_epoch(Closing why) {
    ++epoch_;
    idle_.clear();
    if (leased_ != 0 && database_->connections_share_state() && why > closing_) {
        closing_ = why;
        closing_until_ = Clock::now() + settings_.waits_for_others;
    }
}

void ConnectionPool::found(const std::optional<Found>& found) {
    const std::lock_guard lock(mutex_);
    if (!found) {
        found_nothing_ = true;
        return;
    }
    const bool is_other_database = found_ && found_->database != found->database;
    const bool is_other = found_ && *found_ != *found;
    found_ = found;
    if (is_other_database) {
        schema_checked_ = false;
    }
    if (std::exchange(found_nothing_, false) || is_other) {
        begin_epoch(is_other_database ? Closing::replaced : Closing::none);
    }
}

bool ConnectionPool::renew_for_damage() {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    if (damage_ && now - *damage_ < settings_.between_damages) {
        return false;
    }
    damage_ = now;
    begin_epoch(Closing::for_damage);
    return true;
}

void ConnectionPool::Lease::require_current() const {
    if (pool_->closing_ == Closing::replaced) {
        throw_replaced(*pool_->database_);
    }
}

}  // namespace bingefriend
