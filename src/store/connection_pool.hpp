// Connections for readers, kept open between questions.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "store/database.hpp"

namespace bingefriend {

// Used from any thread.  There are as many connections as questions are answered at once.
class ConnectionPool {
  public:
    struct Settings {
        std::chrono::steady_clock::duration checked_after = std::chrono::seconds(15);  // unused so long
        std::chrono::steady_clock::duration renewed_after = std::chrono::minutes(30);  // a change of
                                                                                       // address is found
    };

    explicit ConnectionPool(std::shared_ptr<Database> database)
        : ConnectionPool(std::move(database), Settings()) {}
    ConnectionPool(std::shared_ptr<Database> database, Settings settings)
        : database_(std::move(database)), settings_(settings) {}

    // A connection that is the caller's until the lease ends; back in the pool then, unless dropped.
    class Lease;
    // Throws DatabaseError where no connection can be made, Error where the schema is not ours.
    [[nodiscard]] Lease take();

  private:
    using Clock = std::chrono::steady_clock;
    struct Pooled {
        std::unique_ptr<Connection> connection;
        Clock::time_point opened;
        Clock::time_point used;
    };

    [[nodiscard]] Pooled open();
    [[nodiscard]] bool is_fit(Pooled& pooled) const;
    void give_back(Pooled pooled);

    std::shared_ptr<Database> database_;
    Settings settings_;
    std::mutex mutex_;
    std::vector<Pooled> idle_;
    bool schema_checked_ = false;  // once: a later version may add to the schema while we run
};

class ConnectionPool::Lease {
  public:
    Lease(ConnectionPool& pool, Pooled pooled) : pool_(pool), pooled_(std::move(pooled)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() {
        if (pooled_.connection) {
            pool_.give_back(std::move(pooled_));
        }
    }

    [[nodiscard]] Connection& operator*() const noexcept { return *pooled_.connection; }
    [[nodiscard]] Connection* operator->() const noexcept { return pooled_.connection.get(); }
    void drop() noexcept { pooled_.connection.reset(); }

  private:
    ConnectionPool& pool_;
    Pooled pooled_;
};

}  // namespace bingefriend
