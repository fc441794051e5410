// What publishing does to any database, and what its readers see meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "base/error.hpp"
#include "store/test_stores.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Publishing : public OnEveryDatabase {};
INSTANTIATE_TEST_SUITE_P(Of, Publishing, every_database, name_of_database);

TEST_P(Publishing, publishes_an_empty_catalogue_as_well) {
    open()->migrate();
    EXPECT_EQ(publish(Publication{}).shows, 0);
    EXPECT_TRUE(open()->reader()->current());
}

TEST_P(Publishing, keeps_as_many_generations_as_asked_for_and_numbers_them_upwards) {
    open()->migrate();
    for (int i = 1; i <= 4; ++i) {
        EXPECT_EQ(publish(run_of(3, 1, 0.1 * i)).number, i);
    }
    EXPECT_THAT(numbers(), ElementsAre(4, 3));
    publish(run_of(3, 1, 0.5), 4);
    EXPECT_THAT(numbers(), ElementsAre(5, 4, 3));
    publish(run_of(3, 1, 0.6), 1);
    EXPECT_THAT(numbers(), ElementsAre(6));
    EXPECT_THROW(open()->rollback(), Error) << "the one before is gone";
}

TEST_P(Publishing, goes_back_to_the_generation_before_at_once) {
    open()->migrate();
    publish(run_of(3, 1, 0.25));
    publish(run_of(3, 1, 0.5));
    const auto reader = open()->reader();
    EXPECT_EQ(published_list(*reader, ShowId{1}, 1)[0].score, 0.5);
    EXPECT_EQ(open()->rollback().number, 1);
    EXPECT_EQ(published_list(*reader, ShowId{1}, 1)[0].score, 0.25) << "an open reader sees it too";
    EXPECT_THROW(open()->rollback(), Error);
    EXPECT_EQ(publish(run_of(3, 1, 0.75)).number, 3)
        << "the number of the one rolled back from is not used again";
    EXPECT_EQ(reader->current()->number, 3);
}

TEST_P(Publishing, refuses_lists_that_a_reader_could_not_rely_on) {
    open()->migrate();
    publish(run_of(3, 1, 0.25));
    const auto refused = [&](auto&& spoil) {
        Publication run = run_of(4, 2, 0.5);
        spoil(run);
        EXPECT_THROW(publish(run), std::logic_error);
    };
    refused([](Publication& run) { run.lists.entries[0].show = ShowId{12345}; });
    refused([](Publication& run) { run.lists.entries[0].show = ShowId{1}; });
    refused([](Publication& run) { run.lists.entries[1].score = 0.9; });
    refused([](Publication& run) { run.lists.entries[0].score = 1.5; });
    refused([](Publication& run) { run.catalogue.shows.pop_back(); });
    refused([](Publication& run) { run.ranking.top_n = 1; });
    EXPECT_EQ(open()->reader()->current()->number, 1) << "the old generation stays";
}

TEST_P(Publishing, keeps_the_order_and_settings_of_diverse_lists) {
    open()->migrate();
    Publication run = run_of(4, 3, 0.5);
    run.lists.entries[1].score = 0.9;
    run.ranking.diversity = 0.3;
    run.ranking.max_per_franchise = 2;
    publish(run);
    const auto reader = open()->reader();
    const auto list = run.lists.of(0);
    EXPECT_EQ(published_list(*reader, ShowId{1}), std::vector(list.begin(), list.end()));
    EXPECT_EQ(published_list(*reader, ShowId{1}, 1, 0.6), std::vector{list[1]})
        << "the first that is good enough";
    EXPECT_EQ(reader->current()->ranking, run.ranking);
    EXPECT_EQ(reader->verify(1, [] { return true; }).result, Verification::Result::whole);
}

TEST_P(Publishing, migrates_once_and_tells_what_it_did) {
    const auto applied = open()->migrate();
    EXPECT_EQ(applied.size(), open()->migrations().size());
    EXPECT_THAT(open()->migrate(), IsEmpty());
    EXPECT_TRUE(open()->migrations().front().applied);
}

TEST_P(Publishing, lets_a_reader_see_only_whole_generations) {
    open()->migrate();
    publish(run_of(40, 10, 0.01));
    std::atomic<bool> ended = false;
    std::atomic<std::size_t> answers = 0;
    std::thread reading([&] {
        const auto reader = open()->reader();
        std::int64_t last = 0;
        while (!ended || answers == 0) {
            const std::int64_t generation = reader->current()->number;
            ASSERT_GE(generation, last);
            last = generation;
            try {
                const std::vector<Recommendation> list = read_list(*reader, generation, ShowId{1}, 50, 0);
                ASSERT_EQ(list.size(), 10u);
                for (const Recommendation& entry : list) {
                    ASSERT_EQ(entry.score, 0.01 * static_cast<double>(generation)) << "not of its generation";
                }
            } catch (const GenerationGone&) {  // two were published meanwhile
                continue;
            }
            ++answers;
        }
    });
    for (int i = 1; i <= 10; ++i) {
        publish(run_of(40, 10, 0.01 * (i + 1), "run" + std::to_string(i)));
    }
    ended = true;
    reading.join();
    EXPECT_GT(answers, 0u);
}

TEST_P(Publishing, behaves_like_a_list_in_memory_under_random_operations) {
    const std::uint64_t seed = 20261124;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    open()->migrate();
    std::map<std::int64_t, double> kept;  // generation -> its score
    std::int64_t current = 0;
    for (int step = 0; step < 120; ++step) {
        if (random() % 3 != 0 || kept.empty()) {
            const double score = static_cast<double>(1 + random() % 99) / 100;
            const std::size_t keep = 1 + random() % 3;
            current = publish(run_of(4, 1, score), keep).number;
            kept[current] = score;
            while (kept.size() > keep) {
                kept.erase(kept.begin()->first == current ? std::next(kept.begin()) : kept.begin());
            }
        } else if (const auto at = kept.find(current); at == kept.begin()) {
            EXPECT_THROW(open()->rollback(), Error);
        } else {
            current = std::prev(at)->first;
            EXPECT_EQ(open()->rollback().number, current);
        }
        std::vector<std::int64_t> expected;
        for (auto it = kept.rbegin(); it != kept.rend(); ++it) {
            expected.push_back(it->first);
        }
        ASSERT_EQ(numbers(), expected) << "step " << step;
        ASSERT_EQ(published_list(*open()->reader(), ShowId{1}, 1)[0].score, kept[current]);
    }
}

}  // namespace
}  // namespace bingefriend
