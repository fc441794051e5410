#include "database/sqlite_connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>
#include <vector>

#include "database/sqlite_log.hpp"

namespace bingefriend {
namespace {

DatabaseError error_of(const SQLite::Exception& failure, const std::filesystem::path& path) {
    const auto made = [&](Failure kind_of_failure, ErrorKind kind, std::string_view what,
                          std::string_view remedy) {
        return DatabaseError(kind_of_failure, kind, what, path.string(), remedy);
    };
    const auto lasting = [&](std::string_view what, std::string_view remedy) {
        return made(Failure::lasting, ErrorKind::unavailable, what, remedy);
    };
    switch (failure.getErrorCode()) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:  // it was waited for already
            return lasting("the database is locked by another program", "wait for it to end, then run again");
        case SQLITE_NOTADB:
            return made(Failure::damaged, ErrorKind::foreign, "the file is no SQLite database",
                        "check DATABASE_URL");
        case SQLITE_CANTOPEN:
            return lasting("cannot open the database", "check the path and its rights");
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return lasting("cannot write the database", "check the rights of the file and its folder");
        case SQLITE_IOERR:
            if (const int code = failure.getExtendedErrorCode();
                code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ) {
                return made(Failure::damaged, ErrorKind::unavailable, "cannot read the database",
                            remedy_for_damage(path));
            }
            [[fallthrough]];
        case SQLITE_FULL:
            return lasting("cannot write the database, the disk is full or failing",
                           "make room, then run again");
        case SQLITE_CORRUPT:
        case SQLITE_TOOBIG:  // a row longer than any that was written
            return made(Failure::damaged, ErrorKind::damaged, "the database is damaged",
                        remedy_for_damage(path));
        default:
            return made(Failure::damaged, ErrorKind::unavailable, "the database refused a statement",
                        fmt::format("{} ({})", failure.getErrorStr(), failure.what()));
    }
}

// Runs `work`; a failure of SQLite within it leaves as DatabaseError.
template <typename Work>
decltype(auto) told(const std::filesystem::path& path, Work&& work) {
    try {
        return std::forward<Work>(work)();
    } catch (const SQLite::Exception& failure) {
        throw error_of(failure, path);
    }
}

// Opening a FIFO would wait for its other end.
void require_file(const std::filesystem::path& path) {
    std::error_code ignored;  // opening tells better what is wrong
    const std::filesystem::file_type type = std::filesystem::status(path, ignored).type();
    const char* const what = type == std::filesystem::file_type::directory   ? "a directory"
                             : type == std::filesystem::file_type::fifo      ? "a FIFO"
                             : type == std::filesystem::file_type::socket    ? "a socket"
                             : type == std::filesystem::file_type::block     ? "a device"
                             : type == std::filesystem::file_type::character ? "a device"
                                                                             : nullptr;
    if (what != nullptr) {
        throw DatabaseError(Failure::lasting, ErrorKind::unavailable,
                            fmt::format("the database is not a file, it is {}", what), path.string(),
                            "check DATABASE_URL");
    }
}

// A file may be damaged, or be cut while it is read.
void distrust(SQLite::Database& database) {
    constexpr int max_row_bytes = 64 * 1'024 * 1'024;
    database.exec("PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF");
    ::sqlite3_limit(database.getHandle(), SQLITE_LIMIT_LENGTH, max_row_bytes);
}

SQLite::Database opened(const std::filesystem::path& path, Access access,
                        std::chrono::milliseconds busy_timeout) {
    std::error_code ignored;  // opening tells better what is wrong
    require_file(path);
    if (access == Access::create && path.has_parent_path()) {
        std::filesystem::create_directories(path.parent_path(), ignored);
    }
    if (access != Access::create && !std::filesystem::exists(path, ignored)) {
        throw DatabaseError(Failure::lasting, ErrorKind::unavailable, "there is no database", path.string(),
                            "run `bingefriend pipeline` first, or check DATABASE_URL");
    }
    const int rights = access == Access::read    ? SQLite::OPEN_READONLY
                       : access == Access::write ? SQLite::OPEN_READWRITE
                                                 : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    return told(path, [&] {
        // One thread at a time uses a connection, so SQLite need not guard it.
        SQLite::Database database(path.string(), rights | SQLite::OPEN_NOMUTEX,
                                  static_cast<int>(busy_timeout.count()));
        distrust(database);
        // SQLite opens lazily: this is where it finds out what the file is.
        (void)database.execAndGet("SELECT COUNT(*) FROM sqlite_master");
        if (has_log_of_another(path, database)) {
            throw DatabaseError(Failure::damaged, ErrorKind::damaged,
                                "another database was copied over this one while its log had pages",
                                path.string(), remedy_for_damage(path));
        }
        if (access == Access::read) {
            // Lists are read here and there: what a cache is good for are the upper pages of the trees, in
            // KiB.
            database.exec("PRAGMA cache_size = -512");
        }
        return database;
    });
}

void bind(SQLite::Statement& statement, std::span<const Value> values) {
    for (int index = 1; const Value& value : values) {
        if (const auto* const text = std::get_if<std::string_view>(&value)) {
            statement.bind(index, std::string(*text));
        } else if (const auto* const blob = std::get_if<Blob>(&value)) {
            statement.bind(index, blob->bytes.data(), static_cast<int>(blob->bytes.size()));
        } else if (const auto* const number = std::get_if<std::int64_t>(&value)) {
            statement.bind(index, *number);
        } else if (const auto* const real = std::get_if<double>(&value)) {
            statement.bind(index, *real);
        } else {
            statement.bind(index);
        }
        ++index;
    }
}

// A statement is reset when its answer is read, so that it holds no snapshot open.
class Reset {
  public:
    explicit Reset(SQLite::Statement& statement) : statement_(statement) {}
    Reset(const Reset&) = delete;
    Reset& operator=(const Reset&) = delete;
    ~Reset() { statement_.tryReset(); }

  private:
    SQLite::Statement& statement_;
};

class SqliteRows final : public Rows {
  public:
    SqliteRows(SQLite::Statement& statement, std::span<const Value> values, const std::filesystem::path& path)
        : statement_(statement), reset_(statement), path_(path) {
        told(path_, [&] { bind(statement_, values); });
    }

    bool next() override {
        const bool there = told(path_, [&] { return statement_.executeStep(); });
        if (there && columns_.empty()) {
            for (int column = 0; column < statement_.getColumnCount(); ++column) {
                columns_.push_back(statement_.getColumn(column));
            }
        }
        return there;
    }
    bool is_null(unsigned column) override { return at(column).isNull(); }
    std::int64_t integer(unsigned column) override { return at(column).getInt64(); }
    double real(unsigned column) override { return at(column).getDouble(); }
    std::string text(unsigned column) override { return is_null(column) ? "" : at(column).getString(); }

  private:
    [[nodiscard]] const SQLite::Column& at(unsigned column) const { return columns_[column]; }

    SQLite::Statement& statement_;
    Reset reset_;
    std::vector<SQLite::Column> columns_;  // each reads the row that the statement is at
    const std::filesystem::path& path_;
};

}  // namespace

SqliteConnection::SqliteConnection(std::filesystem::path path, Access access,
                                   std::chrono::milliseconds busy_timeout)
    : path_(std::move(path)), database_(opened(path_, access, busy_timeout)) {}

SQLite::Statement& SqliteConnection::prepared(std::string_view sql) {
    auto at = statements_.find(sql);
    if (at == statements_.end()) {
        std::string text(sql);
        SQLite::Statement statement(database_, text);
        at = statements_.emplace(std::move(text), std::move(statement)).first;
    }
    return at->second;
}

std::unique_ptr<Rows> SqliteConnection::query(std::string_view sql, std::span<const Value> values) {
    SQLite::Statement& statement = told(path_, [&]() -> SQLite::Statement& { return prepared(sql); });
    return std::make_unique<SqliteRows>(statement, values, path_);
}

void SqliteConnection::execute(std::string_view sql, std::span<const Value> values) {
    insert(sql, values.size(), values);
}

void SqliteConnection::insert(std::string_view sql, std::size_t columns, std::span<const Value> values) {
    told(path_, [&] {
        SQLite::Statement& statement = prepared(sql);
        do {
            const Reset reset(statement);
            bind(statement, values.first(columns));
            statement.exec();
            values = values.subspan(columns);
        } while (!values.empty());
    });
}

void SqliteConnection::run_script(std::string_view sql) {
    told(path_, [&] { database_.exec(std::string(sql)); });
}

std::string SqliteConnection::remedy_for_damage() const {
    return bingefriend::remedy_for_damage(path_);
}

void SqliteConnection::sign() {
    told(path_, [&] { sign_log(database_); });
}

void SqliteConnection::tidy_up() {
    told(path_, [&] {
        // An empty log is no part of the database: the file alone can be copied or replaced.  Readers that
        // take longer are not waited for: the log is then shortened by a later run.
        constexpr int patience = 2'000;  // milliseconds
        database_.setBusyTimeout(patience);
        (void)database_.tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
    });
}

}  // namespace bingefriend
