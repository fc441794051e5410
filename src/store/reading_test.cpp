// What a reader of any database sees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "database/mysql_database.hpp"
#include "database/sqlite_database.hpp"
#include "store/test_stores.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PublishedShows : public OnEveryDatabase {
  protected:
    // As a publication does that has begun to delete a generation.
    void delete_some_of(std::int64_t generation) {
        const std::string sql =
            "DELETE FROM generation_similarities WHERE generation = " + std::to_string(generation);
        if (const auto* const path = std::get_if<std::filesystem::path>(&url_.place)) {
            SqliteDatabase(*path).connect(Access::write)->run_script(sql);
        } else {
            MysqlDatabase(std::get<MysqlAddress>(url_.place)).connect(Access::write)->run_script(sql);
        }
    }
};
INSTANTIATE_TEST_SUITE_P(Of, PublishedShows, every_database, name_of_database);

TEST_P(PublishedShows, gives_back_what_was_published_nulls_and_long_texts_and_all) {
    Publication run = run_of(3, 2, 0.75);
    Show& full = run.catalogue.shows[1];
    full = {.id = full.id,
            .name = "\U0001F3AC \"Quoted\" 名探偵",
            .genres = {"Drama", "Science-Fiction"},
            .summary = "<p>" + std::string(65'536, 'x') + "</p>",
            .type = "Scripted",
            .language = "English",
            .status = "Ended",
            .platform = "AMC",
            .web_channel = "AMC+",
            .premiered = "2008-01-20",
            .rating = 9.2,
            .links = {.url = "https://x/169",
                      .image_medium = "https://x/m.jpg",
                      .image_original = "https://x/o.jpg",
                      .imdb = "tt0903747",
                      .thetvdb = 81'189,
                      .tvrage = 5'000'000'000}};
    run.catalogue.shows[2].id = run.lists.shows[2] = ShowId{5'000'000'000};
    for (Recommendation& r : run.lists.entries) {
        r.show = r.show == ShowId{21} ? ShowId{5'000'000'000} : r.show;
    }
    open()->migrate();
    const Generation generation = publish(run);
    EXPECT_EQ(generation.number, 1);
    EXPECT_TRUE(generation.current);
    EXPECT_EQ(generation.shows, 3);
    EXPECT_EQ(generation.recommendations, 3);
    EXPECT_EQ(generation.shows_with_recommendations, 2);
    EXPECT_EQ(generation.ranking, run.ranking);
    EXPECT_EQ(generation.computed_at, "2026-11-22T09:00:00Z");

    const auto reader = open()->reader();
    const std::vector<Recommendation> list = read_list(*reader, 1, ShowId{1}, 10, 0);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0], run.lists.entries[0]);
    const std::vector<ShowDetails> facts = reader->shows(1, std::vector{list[0].show, list[1].show});
    ASSERT_EQ(facts.size(), 2u);
    EXPECT_EQ(facts[0].name, full.name);
    EXPECT_EQ(facts[0].genres, full.genres);
    EXPECT_EQ(facts[0].summary, full.summary);
    EXPECT_EQ(facts[0].network, "AMC");
    EXPECT_EQ(facts[0].rating, 9.2);
    EXPECT_EQ(facts[0].status, "Ended");
    EXPECT_EQ(facts[0].web_channel, "AMC+");
    EXPECT_EQ(facts[0].links, full.links);
    EXPECT_EQ(facts[1].links, ShowLinks{});
    EXPECT_EQ(facts[1].id, ShowId{5'000'000'000});
    EXPECT_EQ(facts[1].summary, "");
    EXPECT_EQ(facts[1].rating, std::nullopt);
    EXPECT_EQ(published_show(*reader, ShowId{5'000'000'000})->name, "show 2");
    EXPECT_EQ(published_show(*reader, ShowId{2}), std::nullopt);
}

std::string packed_features(PublishedReader& reader, std::int64_t generation) {
    const PublishedReader::NextChunk next_chunk = reader.packed_features(generation);
    std::string bytes;
    for (std::string chunk = next_chunk(); !chunk.empty(); chunk = next_chunk()) {
        bytes += chunk;
    }
    return bytes;
}

TEST_P(PublishedShows, carries_packed_features_and_the_words_of_names_with_a_generation) {
    Publication run = run_of(3, 2, 0.75);
    std::string bytes(700'000, '\0');  // in several parts, of bytes that are no text
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(i * i / 7);
    }
    const std::vector<NameWord> words{{ShowId{21}, "etoile", 1, 2},
                                      {ShowId{1}, "wire", 0, 1},
                                      {ShowId{11}, "wired", 0, 3},
                                      {ShowId{1}, "\u540d\u63a2\u5075", 2, 3}};
    open()->migrate();
    PublishOptions options{.computed_at = "2026-11-22T09:00:00Z", .keep_generations = 2};
    options.packed_features = bytes;
    options.name_words = words;
    open()->publish(run.catalogue, run.lists, run.ranking, options, no_progress);
    publish(run);  // a generation may do without
    const auto reader = open()->reader();
    EXPECT_EQ(packed_features(*reader, 1), bytes);
    EXPECT_EQ(packed_features(*reader, 2), "");
    const auto stored = [&](std::int64_t generation) {
        std::vector<std::string> texts;
        reader->for_each_name_word(generation, [&](const NameWord& word) {
            texts.push_back(word.word + ' ' + std::to_string(to_number(word.show)) + ' ' +
                            std::to_string(word.position) + ' ' + std::to_string(word.words));
        });
        return texts;
    };
    EXPECT_THAT(stored(1),
                ElementsAre("etoile 21 1 2", "wire 1 0 1", "wired 11 0 3", "\u540d\u63a2\u5075 1 2 3"));
    EXPECT_THAT(stored(2), IsEmpty());
    publish(run);  // deletes the first
    EXPECT_THROW((void)packed_features(*reader, 1), GenerationGone);
    EXPECT_THROW((void)stored(1), GenerationGone);
}

TEST_P(PublishedShows, tells_how_the_scores_of_the_published_generation_are_spread) {
    open()->migrate();
    const Publication before = run_of(40, 7, 0.25);
    const Publication now = run_of(30, 5, 1.0 / 3);
    publish(before);
    publish(now);
    const auto reader = open()->reader();
    EXPECT_EQ(reader->spread(2), spread_of(now.lists, now.ranking.weights));
    EXPECT_EQ(reader->spread(2)->lists, 29u);
    EXPECT_EQ(reader->spread(1), spread_of(before.lists, before.ranking.weights));
}

TEST_P(PublishedShows, gives_shows_by_id) {
    open()->migrate();
    publish(run_of(130, 1, 0.5));
    const auto reader = open()->reader();
    std::vector<ShowId> wanted{ShowId{7}, ShowId{1}, ShowId{1}};
    for (std::int64_t i = 129; i > 2; --i) {
        wanted.push_back(ShowId{10 * i + 1});
    }
    const std::vector<ShowDetails> shows = reader->shows(1, wanted);
    ASSERT_EQ(shows.size(), 128u);
    EXPECT_EQ(shows[0].id, ShowId{1}) << "in the order asked for; 7 is none";
    EXPECT_EQ(shows[1].id, ShowId{1'291});
    EXPECT_EQ(shows[127].id, ShowId{31});
    EXPECT_THAT(reader->shows(1, {}), IsEmpty());
    EXPECT_THROW((void)reader->shows(9, wanted), GenerationGone);
}

TEST_P(PublishedShows, gives_the_lists_of_many_shows_in_the_order_they_are_asked_for) {
    open()->migrate();
    publish(run_of(100, 5, 0.5));
    const auto reader = open()->reader();
    const std::vector<ShowId> shows = {ShowId{961}, ShowId{1}, ShowId{999}, ShowId{1}, ShowId{21}};
    const std::vector<std::vector<Recommendation>> lists = reader->lists(1, shows, 3);
    ASSERT_EQ(lists.size(), shows.size());
    for (std::size_t i = 0; i < shows.size(); ++i) {
        EXPECT_EQ(lists[i], published_list(*reader, shows[i], 3)) << i;
        EXPECT_EQ(lists[i].size(), shows[i] == ShowId{999} ? 0u : 3u) << i;
    }
    std::vector<ShowId> most;
    for (std::size_t i = 0; i < PublishedReader::max_lists; ++i) {
        most.push_back(ShowId{static_cast<std::int64_t>(1 + 10 * i)});
    }
    const std::vector<std::vector<Recommendation>> all = reader->lists(1, most, 50);
    for (std::size_t i = 0; i < most.size(); ++i) {
        EXPECT_EQ(all[i], published_list(*reader, most[i], 50)) << i;
    }
}

TEST_P(PublishedShows, cuts_a_list_at_its_length_and_least_score) {
    Publication run = run_of(6, 5, 0.5);
    for (std::size_t k = 0; k < 5; ++k) {
        run.lists.entries[k].score = 0.9 - 0.1 * static_cast<double>(k);
    }
    open()->migrate();
    publish(run);
    const auto reader = open()->reader();
    EXPECT_EQ(published_list(*reader, ShowId{1}, 2).size(), 2u);
    EXPECT_EQ(published_list(*reader, ShowId{1}, 10, 0.7).size(), 3u) << "0.9, 0.8 and 0.7 itself";
    EXPECT_THAT(published_list(*reader, ShowId{1}, 10, 0.95), IsEmpty());
    EXPECT_THAT(published_list(*reader, ShowId{51}, 10), IsEmpty()) << "the last show has no list";
    EXPECT_THAT(published_list(*reader, ShowId{999}, 10), IsEmpty());
}

TEST_P(PublishedShows, gives_the_ids_and_names_of_a_generation_in_id_order) {
    Publication run = run_of(3, 1, 0.5);
    run.catalogue.shows[1].name = "\u540d\u63a2\u5075";
    open()->migrate();
    publish(run);
    const auto reader = open()->reader();
    EXPECT_THAT(reader->show_ids(1), ElementsAre(ShowId{1}, ShowId{11}, ShowId{21}));
    EXPECT_THROW((void)reader->show_ids(2), GenerationGone);
    std::vector<std::string> names;
    reader->for_each_name(1, [&](ShowId show, std::string_view name) {
        names.push_back(std::to_string(to_number(show)) + ' ' + std::string(name));
    });
    EXPECT_THAT(names, ElementsAre("1 show 0", "11 \u540d\u63a2\u5075", "21 show 2"));
}

TEST_P(PublishedShows, visits_every_show_with_its_list_in_id_order) {
    Publication run = run_of(5, 2, 0.5);
    run.catalogue.shows[2].genres = {"Drama"};
    run.catalogue.shows[2].summary = "<p>x</p>";
    open()->migrate();
    publish(run_of(7, 1, 0.25));
    publish(run);
    std::vector<ShowDetails> shows;
    open()->reader()->for_each_show(2, [&](const ShowDetails& show) { shows.push_back(show); });
    ASSERT_EQ(shows.size(), 5u);
    for (std::size_t i = 0; i < shows.size(); ++i) {
        EXPECT_EQ(shows[i].id, run.catalogue.shows[i].id);
        EXPECT_EQ(shows[i].name, run.catalogue.shows[i].name);
        EXPECT_EQ(shows[i].genres, run.catalogue.shows[i].genres);
        EXPECT_EQ(shows[i].summary, run.catalogue.shows[i].summary);
    }
    RecommendationLists found;
    open()->reader()->for_each_list(2, [&](ShowId show, std::span<const Recommendation> list) {
        found.shows.push_back(show);
        found.entries.insert(found.entries.end(), list.begin(), list.end());
        found.start.push_back(found.entries.size());
    });
    EXPECT_EQ(found.shows, run.lists.shows);
    EXPECT_EQ(found.start, run.lists.start);
    EXPECT_EQ(found.entries, run.lists.entries);
}

TEST_P(PublishedShows, of_a_generation_that_is_not_published_may_be_deleted_while_they_are_read) {
    open()->migrate();
    publish(run_of(40, 5, 0.25));
    publish(run_of(40, 5, 0.5));
    const auto reader = open()->reader();
    EXPECT_EQ(read_list(*reader, 1, ShowId{1}, 1, 0).at(0).score, 0.25);
    EXPECT_THAT(read_list(*reader, 1, ShowId{391}, 1, 0), IsEmpty()) << "the last show has no list";
    delete_some_of(1);
    EXPECT_THROW((void)read_list(*reader, 1, ShowId{1}, 1, 0), GenerationGone);
    EXPECT_THROW(reader->for_each_list(1, [](ShowId, std::span<const Recommendation>) {}), GenerationGone);
    publish(run_of(40, 5, 0.75));  // deletes the rest
    EXPECT_THROW((void)read_list(*reader, 1, ShowId{1}, 1, 0), GenerationGone);
    EXPECT_THROW((void)reader->shows(1, std::vector{ShowId{1}}), GenerationGone);
    EXPECT_EQ(read_list(*reader, 3, ShowId{1}, 1, 0).at(0).score, 0.75);
}

TEST_P(PublishedShows, of_which_nothing_is_published_answers_with_nothing) {
    open()->migrate();
    const auto reader = open()->reader();
    EXPECT_EQ(reader->current(), std::nullopt);
    EXPECT_THAT(reader->generations(), IsEmpty());
    EXPECT_THROW((void)reader->spread(1), GenerationGone);
    EXPECT_THROW((void)read_list(*reader, 1, ShowId{1}, 5, 0), GenerationGone);
    EXPECT_THROW((void)reader->show_ids(1), GenerationGone);
    EXPECT_THROW(open()->rollback(), Error);
}

}  // namespace
}  // namespace bingefriend
