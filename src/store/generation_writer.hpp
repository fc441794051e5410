// Writes a generation whole, checks it, then publishes it by moving one pointer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.hpp"
#include "database/connection.hpp"
#include "domain/recommendation.hpp"
#include "domain/show.hpp"
#include "store/checksums.hpp"
#include "store/store.hpp"

namespace bingefriend {

// REQUIRES: the publisher's lock.  At any moment the process may die: the published generation stays.
class GenerationWriter {
  public:
    explicit GenerationWriter(Connection& connection) : connection_(connection) {}

    // Removes what runs left behind that never published.
    void delete_interrupted();

    // Writes all rows under a new number, checks them and returns it; nobody sees them yet.
    std::int64_t write(const Catalogue& catalogue, const RecommendationLists& lists,
                       const RankingSettings& ranking, const PublishOptions& options,
                       const Progress& progress);

    // Makes it the current one, in one small transaction.
    void publish(std::int64_t generation);

    // Makes the newest published generation before the current one the current one.
    void roll_back();

    // Deletes published generations, the oldest first, until `keep` are left; never the current one.
    void delete_all_but(std::size_t keep);

  private:
    // Each adds the checksums of what it writes to those of the parts.
    void write_chunk(const Catalogue& catalogue, const RecommendationLists& lists, std::size_t begin,
                     std::size_t end, StoredGeneration& stored);
    void write_words(std::span<const NameWord> words, StoredGeneration& stored);
    void write_features(std::string_view bytes, StoredGeneration& stored);
    void mark_written(const RecommendationLists& lists, StoredGeneration& stored);
    void point_to(std::int64_t generation);
    void delete_generation(std::int64_t generation);
    void delete_words(std::int64_t generation);
    void delete_rows(std::int64_t generation, std::string_view chunk_end, std::string_view delete_chunk);
    [[nodiscard]] std::vector<std::int64_t> numbers(std::string_view sql);

    Connection& connection_;
};

}  // namespace bingefriend
