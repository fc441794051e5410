#include <gtest/gtest.h>

#include "domain/recommendation.hpp"
#include "domain/score_spread.hpp"
#include "domain/show.hpp"

namespace bingefriend {
namespace {

Show show(std::int64_t id, std::int64_t updated, std::string name) {
    Show s;
    s.id = ShowId{id};
    s.updated = updated;
    s.name = std::move(name);
    return s;
}

TEST(Ranking, puts_the_higher_score_first_and_breaks_ties_by_the_lower_id) {
    const Recommendation strong{ShowId{9}, 0.8, {}};
    const Recommendation weak{ShowId{1}, 0.7, {}};
    const Recommendation tied{ShowId{2}, 0.7, {}};
    EXPECT_TRUE(ranks_before(strong, weak));
    EXPECT_TRUE(ranks_before(weak, tied));
    EXPECT_FALSE(ranks_before(tied, weak));
    EXPECT_FALSE(ranks_before(weak, weak));
}

TEST(Weights, are_normalised_to_their_sum) {
    EXPECT_EQ(normalised({4, 5, 1}), (Weights{0.4, 0.5, 0.1}));
    EXPECT_EQ(normalised({0, 2, 0}), (Weights{0, 1, 0}));
    EXPECT_EQ(normalised(default_weights), default_weights)
        << "the default is left as it is, to the last bit";
}

TEST(ScoreSpread, counts_lists_shows_and_values_in_steps_of_a_fiftieth) {
    const RecommendationLists lists{.shows = {ShowId{1}, ShowId{2}, ShowId{3}},
                                    .start = {0, 2, 2, 3},
                                    .entries = {{ShowId{2}, 1, {1, 0.019, 0.5}},
                                                {ShowId{3}, 0.5, {0, 0.02, 0.5}},
                                                {ShowId{2}, 0.3, {0, 0, 0.5}}}};
    const ScoreSpread spread = spread_of(lists, default_weights);
    EXPECT_EQ(spread.lists, 2u) << "the second show has no list";
    EXPECT_EQ(spread.recommendations, 3u);
    EXPECT_EQ(spread.recommended_shows, 2u);
    EXPECT_DOUBLE_EQ(spread.mean_score, 0.6);
    EXPECT_EQ(spread.score[49], 1u) << "1 counts with the last";
    EXPECT_EQ(spread.score[25], 1u);
    EXPECT_EQ(spread.parts[Part::genre][0], 2u);
    EXPECT_EQ(spread.parts[Part::text][0], 2u);
    EXPECT_EQ(spread.parts[Part::text][1], 1u);
    EXPECT_EQ(spread.parts[Part::metadata][25], 3u);
    EXPECT_EQ(spread_of({}, default_weights), ScoreSpread{});
}

TEST(FaultOf, names_what_is_wrong_with_a_show_and_nothing_where_it_is_good) {
    Show good = show(1, 0, "名探偵 \U0001F50E");
    good.rating = 10;
    EXPECT_EQ(fault_of(good), "");
    EXPECT_EQ(fault_of(show(0, 0, "x")), "id: not a positive integer");
    EXPECT_EQ(fault_of(show(1, 0, " \t")), "no name");
    EXPECT_EQ(fault_of(show(1, 0, std::string(1'001, 'x'))), "name: too long");
    for (const char* broken :
         {"\xff", "cut \xe4\xb8", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\x80"}) {
        EXPECT_EQ(fault_of(show(1, 0, broken)), "name: invalid UTF-8");
    }
    good.rating = 10.5;
    EXPECT_EQ(fault_of(good), "rating: not in 0 to 10");
}

}  // namespace
}  // namespace bingefriend
