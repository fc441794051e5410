// A database that connections are opened to, and the locks that processes hold against each other.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "database/connection.hpp"

namespace bingefriend {

enum class Access { read, write, create };

// Let go when it is destroyed, or when the process that holds it dies.
class Lock {
  public:
    Lock() = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    virtual ~Lock() = default;
};

class Database {
  public:
    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    virtual ~Database() = default;

    // Called from any thread.  Throws DatabaseError; `create` makes the database where there is none.
    [[nodiscard]] virtual std::unique_ptr<Connection> connect(Access access) = 0;

    // One publisher at a time.  Throws Error{conflict} where another holds it; `again` says that the
    // holder may be this process, on a connection that it lost.
    [[nodiscard]] virtual std::unique_ptr<Lock> lock_to_publish(Connection& connection, bool again) = 0;

    // One program changes the schema at a time; the others wait.
    [[nodiscard]] virtual std::unique_ptr<Lock> lock_to_migrate(Connection& connection) = 0;

    // What connections made now lead to: another value once a file was put in the place of the one before.
    struct Place {
        std::uint64_t device = 0, file = 0;
        std::uint64_t index = 0;  // the file that connections share; 0: none, or it was cut

        // Whether connections to `before`, which are still open, lead elsewhere.
        [[nodiscard]] bool replaces(const Place& before) const noexcept {
            return device != before.device || file != before.file ||
                   (before.index != 0 && index != before.index);
        }
    };
    [[nodiscard]] virtual Place place() const noexcept { return {}; }

    // Whether an open connection to what was there before spoils new connections.
    [[nodiscard]] virtual bool connections_share_state() const noexcept { return false; }

    [[nodiscard]] virtual std::string where() const = 0;
};

}  // namespace bingefriend
