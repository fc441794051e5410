// Connections for readers, kept open between questions, as long as they lead to the database that is there.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "database/database.hpp"
#include "domain/published.hpp"

namespace bingefriend {

// Used from any thread.  There are as many connections as questions are answered at once.
//
// A connection of before an epoch is closed when its lease ends, and no take() waits for that.  The exception
// is a SQLite file that was replaced or copied over: connections of one process share what SQLite knows of
// the write-ahead log, so an old one would spoil the new ones.  Then all are closed before the next is
// opened.  take() waits a moment for that, and throws from then on until it is done.
class ConnectionPool {
  public:
    struct Settings {
        std::chrono::steady_clock::duration checked_after = std::chrono::seconds(15);  // unused so long
        std::chrono::steady_clock::duration renewed_after =
            std::chrono::minutes(30);  // a change of address is found
        std::chrono::steady_clock::duration waits_for_others = std::chrono::milliseconds(50);  // to be closed
        std::chrono::steady_clock::duration between_damages = std::chrono::seconds(1);
    };

    explicit ConnectionPool(std::shared_ptr<Database> database)
        : ConnectionPool(std::move(database), Settings()) {}
    ConnectionPool(std::shared_ptr<Database> database, Settings settings)
        : database_(std::move(database)), settings_(settings) {}

    // A connection that is the caller's until the lease ends; back in the pool then, unless dropped.
    class Lease;
    // Throws DatabaseError where no connection can be made, Error where the schema is not ours.
    [[nodiscard]] Lease take();
    // The same, newly opened.
    [[nodiscard]] Lease take_new();

    [[nodiscard]] ConnectionCount count();

    // Reports what a new connection found; empty if the database could not be used.  Begins an epoch if that
    // differs from what was found before.
    struct Found {
        std::string database;    // its id
        std::string generation;  // what tells the published one from others

        friend bool operator==(const Found&, const Found&) = default;
    };
    void found(const std::optional<Found>& found);

    // Begins an epoch, unless that was done a moment ago for damage; whether it did.  REQUIRES: no lease of
    // this thread.
    [[nodiscard]] bool renew_for_damage();

  private:
    using Clock = std::chrono::steady_clock;
    struct Pooled {
        std::unique_ptr<Connection> connection;
        Clock::time_point opened;
        Clock::time_point used;
        std::uint64_t epoch = 0;  // of the pool when it was opened
    };

    [[nodiscard]] Lease begin_lease();
    [[nodiscard]] std::optional<Pooled> idle_one();
    [[nodiscard]] Pooled open();
    [[nodiscard]] bool is_fit(Pooled& pooled) const;
    void give_back(Pooled pooled);
    enum class Closing { none, for_damage, replaced };
    void begin_epoch(Closing why);

    std::shared_ptr<Database> database_;
    Settings settings_;
    std::mutex mutex_;  // guards what follows
    std::condition_variable changed_;
    std::vector<Pooled> idle_;
    std::size_t leased_ = 0;
    std::atomic<Closing> closing_ =
        Closing::none;                 // while connections of the epoch before are in use; written under lock
    Clock::time_point closing_until_;  // how long take() waits for them
    std::uint64_t epoch_ = 0;
    std::optional<Database::Place> place_;
    std::optional<Found> found_;
    bool found_nothing_ = false;               // when it was looked for the last time
    std::optional<Clock::time_point> damage_;  // when an epoch began for one
    bool schema_checked_ = false;  // once a database: a later version may add to the schema while we run
};

class ConnectionPool::Lease {
  public:
    explicit Lease(ConnectionPool& pool) : pool_(&pool) {}
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), pooled_(std::move(other.pooled_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease() { end(); }

    [[nodiscard]] Connection& operator*() const noexcept { return *pooled_.connection; }
    [[nodiscard]] Connection* operator->() const noexcept { return pooled_.connection.get(); }
    // Throws DatabaseError if the database was replaced since: who reads for long makes way.
    void require_current() const;
    // Ends the lease and closes the connection.
    void drop() noexcept {
        pooled_.connection.reset();
        end();
    }

  private:
    friend class ConnectionPool;
    void end() noexcept {
        if (pool_ != nullptr) {
            std::exchange(pool_, nullptr)->give_back(std::move(pooled_));
        }
    }

    ConnectionPool* pool_;
    Pooled pooled_;
};

}  // namespace bingefriend
