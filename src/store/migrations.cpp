#include "store/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "store/statements.hpp"

namespace bingefriend {
namespace {

// The version that the original system's migrations end at.
constexpr std::string_view original_version = "213c78f7baa1";

bool has_table(SQLite::Database& database, const char* name) {
    return database.tableExists(name);
}

bool is_empty(SQLite::Database& database) {
    return database.execAndGet("SELECT COUNT(*) FROM sqlite_master").getInt64() == 0;
}

bool is_the_originals(SQLite::Database& database) {
    if (!has_table(database, "alembic_version")) {
        return false;
    }
    SQLite::Statement query(database, "SELECT COUNT(*) FROM alembic_version WHERE version_num = ?");
    query.bind(1, std::string(original_version));
    return query.executeStep() && query.getColumn(0).getInt64() > 0;
}

std::set<std::string> applied_versions(SqliteConnection& connection) {
    SQLite::Database& database = connection.database();
    if (!has_table(database, "schema_migrations")) {
        if (!is_empty(database) && !is_the_originals(database)) {
            throw Error(ErrorKind::foreign, "the database belongs to another program", connection.where(),
                        "check DATABASE_URL; nothing was changed");
        }
        return {};
    }
    std::set<std::string> versions;
    SQLite::Statement query(database, "SELECT version FROM schema_migrations");
    while (query.executeStep()) {
        versions.insert(query.getColumn(0).getString());
    }
    for (const std::string& version : versions) {
        const bool known = std::any_of(sqlite_migrations.begin(), sqlite_migrations.end(),
                                       [&](const MigrationFile& m) { return m.version == version; });
        if (!known) {
            throw Error(ErrorKind::foreign, "the database was made by a later version of this program",
                        connection.where(), fmt::format("it has migration {}: upgrade bingefriend", version));
        }
    }
    return versions;
}

// The statements between "-- migrate:up" and "-- migrate:down".
std::string up_section(const MigrationFile& file) {
    constexpr std::string_view up = "-- migrate:up";
    constexpr std::string_view down = "-- migrate:down";
    const std::size_t begin = file.text.find(up) + up.size();
    return std::string(file.text.substr(begin, file.text.find(down) - begin));
}

void apply(SqliteConnection& connection, const MigrationFile& file) {
    SQLite::Database& database = connection.database();
    database.exec(up_section(file));
    SQLite::Statement insert(database, "INSERT INTO schema_migrations (version) VALUES (?)");
    insert.bind(1, std::string(file.version));
    insert.exec();
}

}  // namespace

std::vector<Migration> migrations_of(SqliteConnection& connection) {
    return connection.run([&] {
        const std::set<std::string> applied = applied_versions(connection);
        std::vector<Migration> migrations;
        for (const MigrationFile& file : sqlite_migrations) {
            migrations.push_back({std::string(file.version), std::string(file.name),
                                  applied.contains(std::string(file.version))});
        }
        return migrations;
    });
}

std::vector<Migration> apply_migrations(SqliteConnection& connection) {
    return connection.run([&] {
        std::vector<Migration> applied_now;
        for (const MigrationFile& file : sqlite_migrations) {
            // The lock comes first: two programs that migrate at once apply each step once.
            SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
            if (applied_versions(connection).contains(std::string(file.version))) {
                continue;
            }
            connection.database().exec(
                "CREATE TABLE IF NOT EXISTS schema_migrations (version VARCHAR(128) PRIMARY KEY)");
            apply(connection, file);
            transaction.commit();
            applied_now.push_back({std::string(file.version), std::string(file.name), true});
        }
        return applied_now;
    });
}

void require_current_schema(SqliteConnection& connection) {
    const std::vector<Migration> migrations = migrations_of(connection);
    if (!std::all_of(migrations.begin(), migrations.end(), [](const Migration& m) { return m.applied; })) {
        throw Error(ErrorKind::unavailable, "the database does not have the current schema",
                    connection.where(), "run `bingefriend migrate`");
    }
}

}  // namespace bingefriend
