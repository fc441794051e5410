#include "fetch/fetch_cache.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <zstd.h>

#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace bingefriend {
namespace {

constexpr int schema = 1;
constexpr int compression_level = 3;
constexpr std::size_t max_decompressed = std::size_t{1} << 30;

constexpr const char* tables = R"(
CREATE TABLE IF NOT EXISTS sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    run INTEGER,    -- milliseconds since 1970; NULL if none is unfinished
    shows INTEGER   -- of the last complete one
);
CREATE TABLE IF NOT EXISTS kept (
    source INTEGER NOT NULL REFERENCES sources,
    kind INTEGER NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,  -- a zstd frame with its checksum
    PRIMARY KEY (source, kind, number)
) WITHOUT ROWID;
)";

std::string compressed(std::string_view bytes) {
    const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, compression_level);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string frame(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compress2(context.get(), frame.data(), frame.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0) {
        throw std::bad_alloc();
    }
    frame.resize(size);
    return frame;
}

std::optional<std::string> decompressed(std::string_view frame) {
    const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > max_decompressed) {
        return {};
    }
    std::string bytes(static_cast<std::size_t>(size), '\0');
    const std::size_t got = ZSTD_decompress(bytes.data(), bytes.size(), frame.data(), frame.size());
    return got == bytes.size() ? std::optional(std::move(bytes)) : std::nullopt;
}

bool is_corrupt(const SQLite::Exception& failure) {
    return failure.getErrorCode() == SQLITE_CORRUPT || failure.getErrorCode() == SQLITE_NOTADB;
}

Error error_of(const SQLite::Exception& failure, const std::filesystem::path& path) {
    if (failure.getErrorCode() == SQLITE_BUSY || failure.getErrorCode() == SQLITE_LOCKED) {
        return {ErrorKind::conflict, "another fetch works in this folder", path.parent_path().string(),
                "wait for it to end, or give another --data-dir"};
    }
    return {ErrorKind::unavailable, "cannot write the fetch cache", path.string(),
            fmt::format("{}: check the folder, its rights and its room", failure.what())};
}

SQLite::Database opened(const std::filesystem::path& path) {
    SQLite::Database database(path.empty() ? ":memory:" : path.string(),
                              SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_FULLMUTEX);
    // Exclusive from the start: two fetches would undo each other's work.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = NORMAL");
    if (!path.empty() && database.execAndGet("PRAGMA quick_check").getString() != "ok") {
        throw SQLite::Exception("damaged", SQLITE_CORRUPT);
    }
    if (database.execAndGet("PRAGMA user_version").getInt() != schema) {
        database.exec("DROP TABLE IF EXISTS kept");
        database.exec("DROP TABLE IF EXISTS sources");
    }
    SQLite::Transaction transaction(database);
    database.exec(tables);
    database.exec(fmt::format("PRAGMA user_version = {}", schema));
    transaction.commit();
    return database;
}

void remove_database(const std::filesystem::path& path) {
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::error_code ignored;  // opening it again gives a better message
        std::filesystem::remove(path.string() + suffix, ignored);
    }
}

}  // namespace

struct FetchCache::Database {
    explicit Database(std::filesystem::path at) : path(std::move(at)), sqlite(opened(path)) {}

    // Runs `work` on a statement with everything bound, one thread at a time.
    template <typename Work, typename... Values>
    auto with(const char* sql, Work work, const Values&... values) {
        const std::lock_guard lock(mutex);
        try {
            SQLite::Statement statement(sqlite, sql);
            int at = 0;
            (statement.bind(++at, values), ...);
            return work(statement);
        } catch (const SQLite::Exception& failure) {
            throw error_of(failure, path);
        }
    }
    template <typename... Values>
    void run(const char* sql, const Values&... values) {
        with(
            sql, [](SQLite::Statement& statement) { return statement.exec(); }, values...);
    }
    template <typename... Values>
    std::optional<std::int64_t> number(const char* sql, const Values&... values) {
        return with(
            sql,
            [](SQLite::Statement& statement) -> std::optional<std::int64_t> {
                return statement.executeStep() && !statement.isColumnNull(0)
                           ? std::optional(statement.getColumn(0).getInt64())
                           : std::nullopt;
            },
            values...);
    }

    std::filesystem::path path;
    SQLite::Database sqlite;
    std::mutex mutex;
};

FetchCache::FetchCache(const std::filesystem::path& folder, std::string_view source) {
    const std::filesystem::path path = folder.empty() ? folder : folder / "kept.db";
    std::error_code ignored;  // opening it gives a better message
    std::filesystem::create_directories(folder, ignored);
    try {
        try {
            database_ = std::make_unique<Database>(path);
        } catch (const SQLite::Exception& failure) {
            if (path.empty() || !is_corrupt(failure)) {
                throw;
            }
            was_corrupt_ = true;
            remove_database(path);
            database_ = std::make_unique<Database>(path);
        }
    } catch (const SQLite::Exception& failure) {
        throw error_of(failure, path);
    }
    const std::string name(source);
    database_->run("INSERT OR IGNORE INTO sources (name) VALUES (?)", name);
    source_ = database_->number("SELECT id FROM sources WHERE name = ?", name).value();
}

FetchCache::~FetchCache() = default;

std::optional<std::string> FetchCache::find(Kind kind, std::int64_t number, std::int64_t version) const {
    const std::optional<std::string> frame = database_->with(
        "SELECT body FROM kept WHERE source = ? AND kind = ? AND number = ? AND version = ?",
        [](SQLite::Statement& statement) -> std::optional<std::string> {
            return statement.executeStep() ? std::optional(statement.getColumn(0).getString()) : std::nullopt;
        },
        source_, static_cast<int>(kind), number, version);
    return frame ? decompressed(*frame) : std::nullopt;
}

void FetchCache::put(Kind kind, std::int64_t number, std::int64_t version, std::string_view bytes) {
    const std::string frame = compressed(bytes);
    database_->with(
        "INSERT OR REPLACE INTO kept (source, kind, number, version, body) VALUES (?, ?, ?, ?, ?)",
        [&](SQLite::Statement& statement) {
            statement.bind(5, frame.data(), static_cast<int>(frame.size()));
            return statement.exec();
        },
        source_, static_cast<int>(kind), number, version);
}

bool FetchCache::has(Kind kind, std::int64_t number) const {
    return database_
        ->number("SELECT 1 FROM kept WHERE source = ? AND kind = ? AND number = ?", source_,
                 static_cast<int>(kind), number)
        .has_value();
}

void FetchCache::erase_from(Kind kind, std::int64_t number) {
    database_->run("DELETE FROM kept WHERE source = ? AND kind = ? AND number >= ?", source_,
                   static_cast<int>(kind), number);
}

void FetchCache::clear() {
    database_->run("DELETE FROM kept WHERE source = ?", source_);
    database_->run("UPDATE sources SET run = NULL, shows = NULL WHERE id = ?", source_);
}

std::int64_t FetchCache::current_fetch(std::chrono::system_clock::time_point now,
                                       std::chrono::milliseconds max_age) {
    const std::int64_t begin =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    const std::optional<std::int64_t> run =
        database_->number("SELECT run FROM sources WHERE id = ?", source_);
    if (run && *run <= begin && begin - *run <= max_age.count()) {
        return *run;
    }
    database_->run("UPDATE sources SET run = ? WHERE id = ?", begin, source_);
    return begin;
}

void FetchCache::end_fetch(std::optional<std::size_t> shows) {
    database_->run("UPDATE sources SET run = NULL WHERE id = ?", source_);
    if (shows) {
        database_->run("UPDATE sources SET shows = ? WHERE id = ?", static_cast<std::int64_t>(*shows),
                       source_);
    }
}

std::optional<std::size_t> FetchCache::shows_of_last_fetch() const {
    const auto shows = database_->number("SELECT shows FROM sources WHERE id = ?", source_);
    return shows ? std::optional(static_cast<std::size_t>(*shows)) : std::nullopt;
}

}  // namespace bingefriend
