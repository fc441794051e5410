// Writes a generation whole, then publishes it by moving one pointer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "domain/progress.hpp"
#include "domain/recommendation.hpp"
#include "domain/show.hpp"
#include "store/sqlite_connection.hpp"

namespace bingefriend {

// Throws std::logic_error where the lists are not what a reader relies on: every recommended show in
// the catalogue, none in its own list, scores in 0 to 1, in ranking order, lists no longer than asked.
void check_lists(const Catalogue& catalogue, const RecommendationLists& lists,
                 const RankingSettings& ranking);

// REQUIRES: the publisher's lock.  At any moment the process may die: the published generation stays.
class GenerationWriter {
  public:
    explicit GenerationWriter(SqliteConnection& connection) : connection_(connection) {}

    // Removes what runs left behind that never published.
    void delete_interrupted();

    // Writes all rows under a new number and returns it; nobody sees them yet.
    std::int64_t write(const Catalogue& catalogue, const RecommendationLists& lists,
                       const RankingSettings& ranking, const std::string& computed_at,
                       const Progress& progress);

    // Makes it the current one, in one small transaction.
    void publish(std::int64_t generation);

    // Makes the newest published generation before the current one the current one.
    void roll_back();

    // Deletes published generations, the oldest first, until `keep` are left; never the current one.
    void delete_all_but(std::size_t keep);

    // Gives the disk back what the write-ahead log took, as far as readers allow.
    void checkpoint();

  private:
    void write_shows(std::int64_t generation, const Catalogue& catalogue, const RecommendationLists& lists,
                     const Progress& progress);
    void mark_written(std::int64_t generation, const RecommendationLists& lists);
    void point_to(std::int64_t generation);
    void delete_generation(std::int64_t generation);

    SqliteConnection& connection_;
};

}  // namespace bingefriend
