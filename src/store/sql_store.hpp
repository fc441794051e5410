// The store on any database that speaks SQL.
#pragma once

#include <memory>
#include <utility>

#include "store/connection_pool.hpp"
#include "store/store.hpp"

namespace bingefriend {

class SqlStore final : public Store {
  public:
    explicit SqlStore(std::shared_ptr<Database> database)
        : database_(std::move(database)), pool_(std::make_shared<ConnectionPool>(database_)) {}

    std::vector<Migration> migrate() override;
    [[nodiscard]] std::vector<Migration> migrations() override;
    Generation publish(const Catalogue& catalogue, const RecommendationLists& lists,
                       const RankingSettings& ranking, const PublishOptions& options,
                       const Progress& progress) override;
    Generation rollback() override;
    [[nodiscard]] std::unique_ptr<PublishedReader> reader() override;

  private:
    [[nodiscard]] std::unique_ptr<Connection> connect_to_write() const;

    std::shared_ptr<Database> database_;
    std::shared_ptr<ConnectionPool> pool_;  // shared with the readers
};

}  // namespace bingefriend
