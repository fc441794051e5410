#include "store/sqlite_store.hpp"

#include <utility>

#include "store/generation_writer.hpp"
#include "store/migrations.hpp"
#include "store/publisher_lock.hpp"
#include "store/sqlite_reader.hpp"

namespace bingefriend {

std::unique_ptr<Store> open_store(const DatabaseUrl& url) {
    return std::make_unique<SqliteStore>(url.path);
}

SqliteStore::SqliteStore(std::filesystem::path path, SqliteSettings settings)
    : path_(std::move(path)), settings_(settings) {}

SqliteConnection SqliteStore::connect(Access access) const {
    return {path_, access, settings_.busy_timeout};
}

SqliteConnection SqliteStore::connect_to_write() const {
    SqliteConnection connection = connect(Access::write);
    require_current_schema(connection);
    return connection;
}

std::vector<Migration> SqliteStore::migrate() {
    SqliteConnection connection = connect(Access::create);
    (void)migrations_of(connection);  // a foreign database is left as it is
    connection.run([&] {
        // Readers go on while a generation is written.
        connection.database().exec("PRAGMA journal_mode = WAL");
    });
    return apply_migrations(connection);
}

std::vector<Migration> SqliteStore::migrations() {
    SqliteConnection connection = connect(Access::read);
    return migrations_of(connection);
}

Generation SqliteStore::publish(const Catalogue& catalogue, const RecommendationLists& lists,
                                const RankingSettings& ranking, const PublishOptions& options,
                                const Progress& progress) {
    check_lists(catalogue, lists, ranking);
    SqliteConnection connection = connect_to_write();
    const PublisherLock lock(path_);
    GenerationWriter writer(connection);
    writer.delete_interrupted();
    const std::int64_t number = writer.write(catalogue, lists, ranking, options.computed_at, progress);
    writer.publish(number);
    writer.delete_all_but(options.keep_generations);
    writer.checkpoint();
    return reader()->current().value();
}

Generation SqliteStore::rollback() {
    SqliteConnection connection = connect_to_write();
    const PublisherLock lock(path_);
    GenerationWriter(connection).roll_back();
    return reader()->current().value();
}

std::unique_ptr<PublishedReader> SqliteStore::reader() {
    return std::make_unique<SqliteReader>(path_, settings_.busy_timeout);
}

}  // namespace bingefriend
