#include "store/connection_pool.hpp"

#include "store/migrations.hpp"

namespace bingefriend {

ConnectionPool::Lease ConnectionPool::take() {
    for (;;) {
        Pooled pooled;
        {
            const std::lock_guard lock(mutex_);
            if (idle_.empty()) {
                break;
            }
            pooled = std::move(idle_.back());  // the one used last: the others age and are renewed
            idle_.pop_back();
        }
        if (is_fit(pooled)) {
            return {*this, std::move(pooled)};
        }
    }
    return {*this, open()};
}

bool ConnectionPool::is_fit(Pooled& pooled) const {
    const auto now = Clock::now();
    return now - pooled.opened < settings_.renewed_after &&
           (now - pooled.used < settings_.checked_after || pooled.connection->is_alive());
}

ConnectionPool::Pooled ConnectionPool::open() {
    Pooled pooled{database_->connect(Access::read), Clock::now(), Clock::now()};
    {
        const std::lock_guard lock(mutex_);
        if (schema_checked_) {
            return pooled;
        }
    }
    require_current_schema(*pooled.connection);
    const std::lock_guard lock(mutex_);
    schema_checked_ = true;
    return pooled;
}

void ConnectionPool::give_back(Pooled pooled) {
    pooled.used = Clock::now();
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(pooled));
}

}  // namespace bingefriend
