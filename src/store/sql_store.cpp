#include "store/sql_store.hpp"

#include <algorithm>

#include "database/mysql_database.hpp"
#include "database/retry.hpp"
#include "database/sqlite_database.hpp"
#include "store/generation_check.hpp"
#include "store/generation_reader.hpp"
#include "store/generation_row.hpp"
#include "store/generation_writer.hpp"
#include "store/migrations.hpp"

namespace bingefriend {
namespace {

// A server that fails over or starts again is back within some seconds.
constexpr Retries of_writing{
    .attempts = 5, .first_pause = std::chrono::milliseconds(100), .reconnects = true};

}  // namespace

std::unique_ptr<Store> open_store(const DatabaseUrl& url) {
    if (const auto* const path = std::get_if<std::filesystem::path>(&url.place)) {
        return std::make_unique<SqlStore>(std::make_shared<SqliteDatabase>(*path));
    }
    return std::make_unique<SqlStore>(std::make_shared<MysqlDatabase>(std::get<MysqlAddress>(url.place)));
}

std::unique_ptr<Connection> SqlStore::connect_to_write() const {
    std::unique_ptr<Connection> connection = database_->connect(Access::write);
    require_current_schema(*connection);
    return connection;
}

std::vector<Migration> SqlStore::migrate() {
    return with_retries(of_writing, [&](int) {
        const std::unique_ptr<Connection> connection = database_->connect(Access::create);
        const std::vector<Migration> steps =
            migrations_of(*connection);  // a foreign database is left as it is
        connection->run_script(connection->dialect().settle);
        if (std::all_of(steps.begin(), steps.end(), [](const Migration& m) { return m.applied; })) {
            return std::vector<Migration>{};
        }
        const std::unique_ptr<Lock> lock = database_->lock_to_migrate(*connection);
        return apply_migrations(*connection);
    });
}

std::vector<Migration> SqlStore::migrations() {
    return migrations_of(*database_->connect(Access::read));
}

Generation SqlStore::publish(const Catalogue& catalogue, const RecommendationLists& lists,
                             const RankingSettings& ranking, const PublishOptions& options,
                             const Progress& progress) {
    check_lists(catalogue, lists, ranking);
    std::int64_t written = 0;  // by an attempt that may have published it before its connection was lost
    return with_retries(of_writing, [&](int attempt) {
        const std::unique_ptr<Connection> connection = connect_to_write();
        const std::unique_ptr<Lock> lock = database_->lock_to_publish(*connection, attempt > 0);
        GenerationWriter writer(*connection);
        // What is published may be damaged: that is one reason to publish again.
        const std::optional<Generation> now = written != 0 ? current_generation(*connection) : std::nullopt;
        const bool published = now && now->number == written && now->computed_at == options.computed_at;
        if (!published) {
            writer.delete_interrupted();
            written = 0;
            written = writer.write(catalogue, lists, ranking, options, progress);
            writer.publish(written);
        }
        writer.delete_all_but(options.keep_generations);
        connection->tidy_up();
        return current_generation(*connection).value();
    });
}

Generation SqlStore::rollback() {
    const std::unique_ptr<Connection> connection = connect_to_write();
    const std::unique_ptr<Lock> lock = database_->lock_to_publish(*connection, false);
    GenerationWriter(*connection).roll_back();
    return current_generation(*connection).value();
}

std::unique_ptr<PublishedReader> SqlStore::reader() {
    return std::make_unique<GenerationReader>(pool_);
}

}  // namespace bingefriend
