#include "edition/watcher.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <vector>

#include "edition/in_memory_reader.hpp"
#include "edition/test_catalogue.hpp"

namespace bingefriend {
namespace {

class TheWatcher : public testing::Test {
  protected:
    SampleReader reader_;
    int swaps_ = 0;
    EditionWatcher watcher_{
        reader_, {.version = "1.2.3", .answer_cache_bytes = 1u << 20}, [this] { ++swaps_; }};
};

// Clients decide how often it looks, and a connection may cost a TLS handshake.
TEST_F(TheWatcher, opens_a_connection_for_few_of_many_looks) {
    constexpr int looks = 10'000;
    for (int i = 0; i < looks; ++i) {
        watcher_.look();
    }
    EXPECT_GE(reader_.connections_opened, 1);
    EXPECT_LT(reader_.connections_opened, looks / 100);
}

TEST_F(TheWatcher, builds_another_edition_only_if_the_generation_is_another) {
    watcher_.look();
    const auto first = watcher_.current();
    EXPECT_EQ(first->number(), 3);
    watcher_.look();
    EXPECT_EQ(watcher_.current(), first);
    EXPECT_EQ(swaps_, 1);
    reader_.generation->database = "another";
    watcher_.look();
    EXPECT_NE(watcher_.current(), first) << "of the same number";
    EXPECT_TRUE(replaces(watcher_.current()->generation(), first->generation()));
    reader_.publish_again(4);
    watcher_.look();
    EXPECT_EQ(watcher_.current()->number(), 4);
    EXPECT_FALSE(replaces(watcher_.current()->generation(), reader_.generation));
    reader_.generation.reset();
    watcher_.look();
    EXPECT_EQ(watcher_.current()->generation(), std::nullopt);
    EXPECT_EQ(swaps_, 4);
}

// Lists need no names, and reading them takes most of the time until the first response.
TEST_F(TheWatcher, reads_the_names_of_the_first_edition_after_its_swap) {
    std::stop_source stop;
    std::vector<std::int64_t> current_while_reading;
    reader_.before_ids = [&] {
        current_while_reading.push_back(watcher_.current()->number());
        stop.request_stop();
    };
    watcher_.run(stop.get_token(), std::chrono::hours(1));
    EXPECT_EQ(current_while_reading, std::vector<std::int64_t>{3});
    reader_.publish_again(4);
    watcher_.look();
    EXPECT_EQ(current_while_reading, (std::vector<std::int64_t>{3, 3})) << "a later one is complete";
    EXPECT_EQ(watcher_.current()->number(), 4);
    EXPECT_FALSE(watcher_.current()->names()->find("utopia", 1).empty());
    EXPECT_EQ(current_while_reading.size(), 2u) << "once per edition";
}

TEST_F(TheWatcher, lets_a_search_read_names_that_could_not_be_read_before) {
    std::stop_source stop;
    reader_.before_ids = [&] {
        reader_.unavailable = true;
        stop.request_stop();
    };
    watcher_.run(stop.get_token(), std::chrono::hours(1));
    EXPECT_EQ(watcher_.current()->number(), 3);
    EXPECT_THROW((void)watcher_.current()->names(), Error);
    reader_.before_ids = [] {};
    reader_.unavailable = false;
    EXPECT_NE(watcher_.current()->names(), nullptr);
}

TEST_F(TheWatcher, follows_the_published_generation_forth_and_back) {
    reader_.publish(1, some_shows(60));
    watcher_.look();
    const auto first = watcher_.current();
    reader_.publish(2, some_shows(150));
    watcher_.look();
    EXPECT_EQ(watcher_.current()->names()->ids().size(), 150u);
    EXPECT_EQ(first->names()->ids().size(), 60u) << "a request keeps the edition that it began with";
    reader_.generation = Generation{.number = 1};
    watcher_.look();
    EXPECT_EQ(watcher_.current()->names()->ids().size(), 60u);
}

TEST_F(TheWatcher, keeps_the_edition_while_the_database_is_unavailable) {
    EXPECT_FALSE(watcher_.has_looked());
    watcher_.look();
    EXPECT_TRUE(watcher_.has_looked());
    reader_.unavailable = true;
    watcher_.look();
    EXPECT_TRUE(watcher_.last_look_failed());
    EXPECT_EQ(watcher_.current()->number(), 3);
    reader_.unavailable = false;
    watcher_.look();
    EXPECT_FALSE(watcher_.last_look_failed());
}

TEST_F(TheWatcher, keeps_the_edition_until_the_next_one_is_complete) {
    watcher_.look();
    reader_.generation->number = 4;  // whose data are not there
    watcher_.look();
    EXPECT_TRUE(watcher_.last_look_failed());
    EXPECT_EQ(watcher_.current()->number(), 3);
    reader_.generation->number = 3;
    reader_.publish_again(4);
    watcher_.look();
    EXPECT_EQ(watcher_.current()->number(), 4);
}

TEST_F(TheWatcher, clears_the_cached_answers_of_the_edition_before_and_goes_on_counting) {
    watcher_.look();
    const auto before = watcher_.current();
    before->answers().put("/", std::make_shared<const CachedAnswer>(CachedAnswer{200, "x"}), 1);
    EXPECT_NE(before->answers().find("/"), nullptr);
    reader_.publish_again(4);
    watcher_.look();
    EXPECT_EQ(before->answers().count().entries, 0u);
    EXPECT_EQ(watcher_.current()->answers().find("/"), nullptr);
    EXPECT_EQ(watcher_.current()->answers().count().hits, 1u);
}

}  // namespace
}  // namespace bingefriend
