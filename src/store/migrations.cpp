#include "store/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "store/statements.hpp"

namespace bingefriend {
namespace {

// The version that the original system's migrations end at.
constexpr std::string_view original_version = "213c78f7baa1";

std::span<const MigrationFile> files_for(const Connection& connection) {
    return &connection.dialect() == &mysql_dialect ? std::span<const MigrationFile>(mysql_migrations)
                                                   : std::span<const MigrationFile>(sqlite_migrations);
}

bool has_table(Connection& connection, std::string_view name) {
    return connection.number(connection.dialect().count_tables_named, {name}) > 0;
}

bool is_the_originals(Connection& connection) {
    return has_table(connection, "alembic_version") &&
           connection.number("SELECT COUNT(*) FROM alembic_version WHERE version_num = ?",
                             {original_version}) > 0;
}

std::set<std::string> applied_versions(Connection& connection) {
    if (!has_table(connection, "schema_migrations")) {
        if (connection.number(connection.dialect().count_tables) > 0 && !is_the_originals(connection)) {
            throw Error(ErrorKind::foreign, "the database belongs to another program", connection.where(),
                        "check DATABASE_URL; nothing was changed");
        }
        return {};
    }
    const std::span<const MigrationFile> files = files_for(connection);
    std::set<std::string> versions;
    const std::unique_ptr<Rows> rows = connection.query("SELECT version FROM schema_migrations");
    while (rows->next()) {
        const std::string version = rows->text(0);
        const bool known = std::any_of(files.begin(), files.end(),
                                       [&](const MigrationFile& m) { return m.version == version; });
        if (!known) {
            throw Error(ErrorKind::foreign, "the database was made by a later version of this program",
                        connection.where(), fmt::format("it has migration {}: upgrade bingefriend", version));
        }
        versions.insert(version);
    }
    return versions;
}

// The statements between "-- migrate:up" and "-- migrate:down".
std::string_view up_section(const MigrationFile& file) {
    constexpr std::string_view up = "-- migrate:up";
    const std::size_t begin = file.text.find(up) + up.size();
    return file.text.substr(begin, file.text.find("-- migrate:down") - begin);
}

Migration described(const MigrationFile& file, bool applied) {
    return {std::string(file.version), std::string(file.name), applied};
}

}  // namespace

std::vector<Migration> migrations_of(Connection& connection) {
    const std::set<std::string> applied = applied_versions(connection);
    std::vector<Migration> migrations;
    for (const MigrationFile& file : files_for(connection)) {
        migrations.push_back(described(file, applied.contains(std::string(file.version))));
    }
    return migrations;
}

std::vector<Migration> apply_migrations(Connection& connection) {
    std::vector<Migration> applied_now;
    for (const MigrationFile& file : files_for(connection)) {
        // The lock comes first: two programs that migrate at once apply each step once.
        Transaction transaction(connection);
        if (applied_versions(connection).contains(std::string(file.version))) {
            continue;
        }
        connection.run_script(
            "CREATE TABLE IF NOT EXISTS schema_migrations (version VARCHAR(128) PRIMARY KEY)");
        connection.run_script(up_section(file));
        connection.execute("INSERT INTO schema_migrations (version) VALUES (?)", {file.version});
        transaction.commit();
        applied_now.push_back(described(file, true));
    }
    return applied_now;
}

void require_current_schema(Connection& connection) {
    const std::vector<Migration> migrations = migrations_of(connection);
    if (!std::all_of(migrations.begin(), migrations.end(), [](const Migration& m) { return m.applied; })) {
        throw Error(ErrorKind::unavailable, "the database does not have the current schema",
                    connection.where(), "run `bingefriend migrate`");
    }
}

}  // namespace bingefriend
