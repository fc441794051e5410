// What a look through a whole generation finds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database/mysql_database.hpp"
#include "database/sqlite_database.hpp"
#include "store/test_stores.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Result = Verification::Result;

class Verifying : public OnEveryDatabase {
  protected:
    void SetUp() override {
        OnEveryDatabase::SetUp();
        open()->migrate();
        publish_anew();
    }

    void publish_anew() {
        std::vector<NameWord> words;
        for (std::int64_t show = 1; show < 4'510; show += 10) {
            for (std::uint32_t position = 0; position < 6; ++position) {
                words.push_back({ShowId{show}, "word", position, 6});
            }
        }
        const std::string bytes(600'000, 'x');
        PublishOptions options{.computed_at = "2026-11-22T09:00:00Z", .keep_generations = 1};
        options.name_words = words;
        options.packed_features = bytes;
        const Publication run = run_of(451, 5, 0.5);
        number_ = open()->publish(run.catalogue, run.lists, run.ranking, options, no_progress).number;
    }

    void change(const std::string& sql) {
        if (const auto* const path = std::get_if<std::filesystem::path>(&url_.place)) {
            SqliteDatabase(*path).connect(Access::write)->run_script(sql);
        } else {
            MysqlDatabase(std::get<MysqlAddress>(url_.place)).connect(Access::write)->run_script(sql);
        }
    }

    Verification verify() {
        return open()->reader()->verify(number_, [] { return true; });
    }

    std::int64_t number_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Of, Verifying, every_database, name_of_database);

TEST_P(Verifying, finds_all_of_a_generation_that_is_whole) {
    const Verification found = verify();
    EXPECT_EQ(found.result, Result::whole);
    EXPECT_THAT(found.faults, IsEmpty());
    EXPECT_EQ(found.shows, 451);
    EXPECT_EQ(found.recommendations, 451 * 5 - 15);
    EXPECT_EQ(found.words, 451 * 6);
    EXPECT_EQ(found.feature_bytes, 600'000);
}

TEST_P(Verifying, finds_what_changed_and_what_is_missing) {
    const std::initializer_list<std::pair<const char*, const char*>> damages{
        {"UPDATE generation_shows SET name = 'x' WHERE show_id = 2501", "show 2501"},
        {"DELETE FROM generation_shows WHERE show_id = 2501", "show 2501"},
        {"DELETE FROM generation_shows WHERE show_id = 4501", "show"},
        {"DELETE FROM generation_shows WHERE show_id = 1", "show"},
        {"UPDATE generation_similarities SET text_score = 0 WHERE show_id = 21 AND position = 2",
         "list of show 21"},
        {"DELETE FROM generation_similarities WHERE show_id = 21 AND position = 5", "list of show 21"},
        {"DELETE FROM generation_similarities WHERE show_id = 21", "list of show 21"},
        {"UPDATE generation_words SET position = 9 WHERE show_id = 21 AND position = 5", "name of show 21"},
        {"DELETE FROM generation_words WHERE show_id = 21", "the words"},
        {"UPDATE generation_features SET bytes = 'y' WHERE part = 1", "the features"},
        {"DELETE FROM generation_features WHERE part = 2", "the features"},
        {"UPDATE generations SET top_n = 3", "the row of generation"}};
    for (const auto& [damage, fault] : damages) {
        publish_anew();
        change(damage);
        const Verification found = verify();
        EXPECT_EQ(found.result, Result::damaged) << damage;
        ASSERT_THAT(found.faults, Not(IsEmpty())) << damage;
        EXPECT_THAT(found.faults.front(), HasSubstr(fault)) << damage;
    }
}

TEST_P(Verifying, says_of_what_has_no_checksums_and_of_what_is_not_there_that_it_is_so) {
    change(
        "UPDATE generations SET first_show_id = NULL, spread_checksum = NULL, shows_checksum = NULL, "
        "lists_checksum = NULL, "
        "words_checksum = NULL, features_checksum = NULL, checksum = NULL; UPDATE published SET checksum = "
        "NULL");
    EXPECT_EQ(verify().result, Result::unchecked);
    number_ = 99;
    EXPECT_EQ(verify().result, Result::gone);
}

TEST_P(Verifying, ends_when_it_is_told_to) {
    int pieces = 0;
    EXPECT_EQ(open()->reader()->verify(number_, [&] { return ++pieces < 4; }).result, Result::stopped);
    EXPECT_EQ(pieces, 4);
}

}  // namespace
}  // namespace bingefriend
