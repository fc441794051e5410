#include "store/checksums.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

// Databases hold checksums that earlier versions wrote.
TEST(Checksums, of_scores_of_three_parts_are_the_same_in_every_version) {
    ListChecksum list(3, ShowId{5});
    EXPECT_EQ(list.add({ShowId{7}, 0.5, {0.25, 0.5, 0.75}}, false), 959404098);
    EXPECT_EQ(list.add({ShowId{9}, 0.25, {0, 0.5, 0}}, true), 787299409);

    StoredGeneration stored;
    stored.generation = {.number = 3,
                         .computed_at = "2026-11-22T09:00:00Z",
                         .shows = 4,
                         .ranking = {.weights = {0.4, 0.5, 0.1}}};
    EXPECT_EQ(generation_checksum(stored), 4523157349245138053);

    ScoreSpread spread;
    spread.lists = 2;
    spread.parts[Part::text][7] = 3;
    EXPECT_EQ(spread_checksum(3, spread), 2443858489358488564);
}

TEST(Checksums, cover_the_parts_that_have_a_weight) {
    const auto of_entry = [](const PerPart<double>& parts) {
        return ListChecksum(3, ShowId{5}).add({ShowId{7}, 0.5, parts}, true);
    };
    EXPECT_EQ(of_entry({0.5, 0.5, 0.5}), of_entry({0.5, 0.5, 0.5, 0}));
    EXPECT_NE(of_entry({0.5, 0.5, 0.5}), of_entry({0.5, 0.5, 0.5, 0.5}));
    EXPECT_NE(of_entry({0.5, 0.5, 0.5, 0.25}), of_entry({0.5, 0.5, 0.5, 0.5}));
    EXPECT_NE(of_entry({0.5, 0.5, 0}), of_entry({0.5, 0.5, 0, 0.5}));

    StoredGeneration stored;
    const std::int64_t without = generation_checksum(stored);
    stored.generation.ranking.weights[Part::year] = 0.5;
    EXPECT_NE(generation_checksum(stored), without);
}

TEST(Checksums, cover_how_lists_were_chosen) {
    StoredGeneration stored;
    const std::int64_t without = generation_checksum(stored);
    stored.generation.ranking.diversity = 0.5;
    const std::int64_t diverse = generation_checksum(stored);
    EXPECT_NE(diverse, without);
    stored.generation.ranking.max_per_franchise = 1;
    EXPECT_NE(generation_checksum(stored), diverse);
}

}  // namespace
}  // namespace bingefriend
