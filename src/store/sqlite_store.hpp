// The store on SQLite.
#pragma once

#include <chrono>
#include <filesystem>

#include "store/sqlite_connection.hpp"
#include "store/store.hpp"

namespace bingefriend {

struct SqliteSettings {
    std::chrono::milliseconds busy_timeout{5'000};  // how long a lock of another program is waited for
};

class SqliteStore final : public Store {
  public:
    explicit SqliteStore(std::filesystem::path path, SqliteSettings settings = {});

    std::vector<Migration> migrate() override;
    [[nodiscard]] std::vector<Migration> migrations() override;
    Generation publish(const Catalogue& catalogue, const RecommendationLists& lists,
                       const RankingSettings& ranking, const PublishOptions& options,
                       const Progress& progress) override;
    Generation rollback() override;
    [[nodiscard]] std::unique_ptr<PublishedReader> reader() override;

  private:
    [[nodiscard]] SqliteConnection connect(Access access) const;
    [[nodiscard]] SqliteConnection connect_to_write() const;

    std::filesystem::path path_;
    SqliteSettings settings_;
};

}  // namespace bingefriend
