// Reads generations from a database.
#pragma once

#include <memory>
#include <optional>

#include "domain/published.hpp"
#include "store/connection_pool.hpp"

namespace bingefriend {

class GenerationReader final : public PublishedReader {
  public:
    // Shares the pool with the store and the other readers, and outlives the store.
    explicit GenerationReader(std::shared_ptr<ConnectionPool> pool) : pool_(std::move(pool)) {}

    [[nodiscard]] std::optional<Generation> current() override;
    [[nodiscard]] std::optional<Generation> current_anew() override;
    [[nodiscard]] std::vector<Generation> generations() override;
    [[nodiscard]] std::optional<ScoreSpread> spread(std::int64_t generation) override;
    [[nodiscard]] std::vector<std::vector<Recommendation>> lists(std::int64_t generation,
                                                                 std::span<const ShowId> shows,
                                                                 std::size_t n) override;
    [[nodiscard]] std::vector<ShowDetails> shows(std::int64_t generation,
                                                 std::span<const ShowId> ids) override;
    [[nodiscard]] NextChunk packed_features(std::int64_t generation) override;
    [[nodiscard]] std::vector<ShowId> show_ids(std::int64_t generation) override;
    void for_each_name_word(std::int64_t generation,
                            const std::function<void(const NameWord& word)>& visit) override;
    void for_each_name(std::int64_t generation,
                       const std::function<void(ShowId show, std::string_view name)>& visit) override;
    void for_each_show(std::int64_t generation,
                       const std::function<void(const ShowDetails& show)>& visit) override;
    void for_each_list(
        std::int64_t generation,
        const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit) override;
    [[nodiscard]] Verification verify(std::int64_t generation,
                                      const std::function<bool()>& may_go_on) override;
    [[nodiscard]] ConnectionCount connections() const override { return pool_->count(); }

  private:
    // Reads; reads again over another connection if one was lost, or if what it read was damaged: the file
    // may have been replaced.
    template <typename Read>
    auto read(const Read& read);
    // The same for data of a generation: throws GenerationGone if it is damaged and not the published one.
    template <typename Read>
    auto read_of(std::int64_t generation, const Read& read);
    template <typename Read>
    auto on_a_connection(const Read& read);
    // Visits one generation in one snapshot.
    template <typename Visit>
    void in_snapshot(std::int64_t number, const Visit& visit);

    void require_all_features(std::int64_t generation, std::int64_t checksum);

    std::shared_ptr<ConnectionPool> pool_;
};

}  // namespace bingefriend
