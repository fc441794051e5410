// Reads the published generation from SQLite.
#pragma once

#include "domain/published.hpp"
#include "store/sqlite_connection.hpp"

namespace bingefriend {

class SqliteReader final : public PublishedReader {
  public:
    SqliteReader(const std::filesystem::path& path, std::chrono::milliseconds busy_timeout);

    [[nodiscard]] std::optional<Generation> current() override;
    [[nodiscard]] std::vector<Generation> generations() override;
    [[nodiscard]] std::vector<RecommendedShow> recommendations(ShowId show, std::size_t n,
                                                               double min_similarity) override;
    [[nodiscard]] std::optional<ShowFacts> show(ShowId id) override;
    [[nodiscard]] std::vector<ShowFacts> shows_named(std::string_view name, std::size_t limit) override;
    void for_each_list(
        const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit) override;

  private:
    std::vector<ShowFacts> shows_found(SQLite::Statement& query, const std::string& name, std::size_t limit);

    SqliteConnection connection_;
    SQLite::Statement current_;
    SQLite::Statement recommendations_;
    SQLite::Statement show_;
    SQLite::Statement with_name_;
    SQLite::Statement like_name_;
};

}  // namespace bingefriend
