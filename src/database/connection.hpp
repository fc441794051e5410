// A connection to a database: statements with bound values, rows, transactions.
//
// SQLite and MySQL each have one; all that is above it is written once.  A connection is used by
// one thread at a time, and has one answer open at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.hpp"
#include "database/dialect.hpp"

namespace bingefriend {

// What can be done about a failure of the database.
enum class Failure {
    lasting,          // nothing by trying again
    passing,          // the transaction was rolled back: run it again
    connection_lost,  // connect again, then run it again
    no_database,      // the server has none of this name; it can be made
    damaged,          // connect again, once: the file may be another by now
};

class DatabaseError : public Error {
  public:
    DatabaseError(Failure failure, ErrorKind kind, std::string_view what, std::string_view where,
                  std::string_view remedy)
        : Error(kind, what, where, remedy), failure_(failure) {}

    [[nodiscard]] Failure failure() const noexcept { return failure_; }

  private:
    Failure failure_;
};

// Bytes that are no text.
struct Blob {
    std::string_view bytes;
};

// A value for a `?`.  A text is UTF-8 and, as a blob, stays the caller's until the call returns.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

// For LIMIT and OFFSET.
[[nodiscard]] inline std::int64_t as_limit(std::size_t n) {
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(n < most ? n : most);
}

[[nodiscard]] inline Value text_or_null(std::string_view text) {
    return text.empty() ? Value(nullptr) : Value(text);
}

// An answer, row by row, as the database sends it; columns are counted from 0.
class Rows {
  public:
    Rows() = default;
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    virtual ~Rows() = default;

    [[nodiscard]] virtual bool next() = 0;
    [[nodiscard]] virtual bool is_null(unsigned column) = 0;
    // 0 and the empty text for null; of a blob the bytes.
    [[nodiscard]] virtual std::int64_t integer(unsigned column) = 0;
    [[nodiscard]] virtual double real(unsigned column) = 0;
    [[nodiscard]] virtual std::string text(unsigned column) = 0;
};

// Every function throws DatabaseError.
class Connection {
  public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection() = default;

    // The answer ends, and the next statement may run, when the rows are destroyed.
    [[nodiscard]] virtual std::unique_ptr<Rows> query(std::string_view sql,
                                                      std::span<const Value> values) = 0;
    virtual void execute(std::string_view sql, std::span<const Value> values) = 0;

    // Inserts rows x columns values in as few statements as the database takes; `sql` is the
    // INSERT of one row and ends with its `(?, ...)`.
    virtual void insert(std::string_view sql, std::size_t columns, std::span<const Value> values) = 0;

    // Statements without values, with semicolons between; what they answer is thrown away.
    virtual void run_script(std::string_view sql) = 0;

    // Whether the other side still answers.  Never throws.
    [[nodiscard]] virtual bool is_alive() noexcept = 0;

    // Within a transaction of a publisher: has what it writes name the database.  SQLite finds out then that
    // a log belongs to another file.
    virtual void sign() {}

    // Gives back what a publication took beside its rows, as far as readers allow.
    virtual void tidy_up() {}

    // What to do if the database is damaged.
    [[nodiscard]] virtual std::string remedy_for_damage() const {
        return "restore a copy, or publish again with `bingefriend pipeline`";
    }

    [[nodiscard]] virtual const Dialect& dialect() const noexcept = 0;
    [[nodiscard]] virtual std::string where() const = 0;

    [[nodiscard]] std::unique_ptr<Rows> query(std::string_view sql,
                                              std::initializer_list<Value> values = {}) {
        return query(sql, std::span(values.begin(), values.size()));
    }
    void execute(std::string_view sql, std::initializer_list<Value> values = {}) {
        execute(sql, std::span(values.begin(), values.size()));
    }

    // The first column of the first row; 0 where there is none.
    [[nodiscard]] std::int64_t number(std::string_view sql, std::initializer_list<Value> values = {}) {
        const std::unique_ptr<Rows> rows = query(sql, values);
        return rows->next() ? rows->integer(0) : 0;
    }
};

// Rolled back unless committed.
class Transaction {
  public:
    enum class Kind { write, snapshot };  // snapshot: every answer is of one moment

    explicit Transaction(Connection& connection, Kind kind = Kind::write) : connection_(connection) {
        const Dialect& dialect = connection.dialect();
        connection.run_script(kind == Kind::write ? dialect.begin_write : dialect.begin_snapshot);
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() {
        if (!committed_) {
            try {
                connection_.run_script("ROLLBACK");
            } catch (const DatabaseError&) {  // a connection that is gone takes its transaction along
            }
        }
    }

    void commit() {
        connection_.run_script("COMMIT");
        committed_ = true;
    }

  private:
    Connection& connection_;
    bool committed_ = false;
};

}  // namespace bingefriend
