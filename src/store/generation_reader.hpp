// Reads the published generation.
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
    [[nodiscard]] std::optional<ScoreSpread> spread() override;
    [[nodiscard]] std::vector<Generation> generations() override;
    [[nodiscard]] std::vector<ExplainedList> lists(std::span<const ShowId> shows, std::size_t n) override;
    [[nodiscard]] std::optional<ShowFacts> show(ShowId id) override;
    [[nodiscard]] std::vector<ShowFacts> shows(std::span<const ShowId> ids, std::int64_t generation) override;
    [[nodiscard]] std::string packed_features(std::int64_t generation, std::int64_t part) override;
    [[nodiscard]] std::vector<ShowId> show_ids(std::int64_t generation) override;
    void for_each_name_word(std::int64_t generation,
                            const std::function<void(const NameWord& word)>& visit) override;
    void for_each_name(std::int64_t generation,
                       const std::function<void(ShowId show, std::string_view name)>& visit) override;
    void for_each_show(const std::function<void(const ShowFacts& show)>& visit) override;
    void for_each_list(
        const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit) override;
    [[nodiscard]] Verification verify(std::int64_t generation,
                                      const std::function<bool()>& may_go_on) override;

  private:
    // Asks, and asks again on another connection where one was lost, or where what it read was damaged: the
    // file may be another by now.
    template <typename Question>
    auto answer(const Question& question);
    template <typename Question>
    auto on_a_connection(const Question& question);
    // Visits one generation, the published one without a number, in one snapshot; none where it is not there.
    template <typename Visit>
    void in_snapshot(std::optional<std::int64_t> number, const Visit& visit);

    void require_all_features(std::int64_t generation, std::int64_t checksum);

    std::shared_ptr<ConnectionPool> pool_;
    // The features that are read part by part.
    struct {
        std::int64_t generation = 0, next_part = 0, checksum = 0;
    } features_;
};

}  // namespace bingefriend
