// What every store must do, whatever database is behind it.
#include "store/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "domain/error.hpp"
#include "domain/test_folder.hpp"
#include "store/test_mariadb.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A catalogue in which every show recommends the `length` next ones, with a score that tells the run.
struct Publication {
    Catalogue catalogue;
    RecommendationLists lists;
    RankingSettings ranking;
};

Publication run_of(std::size_t shows, std::size_t length, double score, const std::string& name = "show") {
    Publication run;
    run.ranking.top_n = 20;
    for (std::size_t i = 0; i < shows; ++i) {
        Show show;
        show.id = ShowId{static_cast<std::int64_t>(10 * i + 1)};
        show.name = name + " " + std::to_string(i);
        run.lists.shows.push_back(show.id);
        run.catalogue.shows.push_back(std::move(show));
    }
    for (std::size_t i = 0; i < shows; ++i) {
        for (std::size_t k = 1; k <= length && i + k < shows; ++k) {
            run.lists.entries.push_back({run.catalogue.shows[i + k].id, score, 0.5, 0.25, 1.0 / 3});
        }
        run.lists.start.push_back(run.lists.entries.size());
    }
    return run;
}

enum class Kind { sqlite, mysql };

class StoreTest : public testing::TestWithParam<Kind> {
  protected:
    void SetUp() override {
        if (GetParam() == Kind::sqlite) {
            url_.place = folder_ / "some folder" / "test.db";
        } else {
            url_.place = TestMariadb::server().new_database();
        }
    }

    [[nodiscard]] std::unique_ptr<Store> open() const { return open_store(url_); }

    Generation publish(const Publication& run, std::size_t keep = 2) {
        return open()->publish(run.catalogue, run.lists, run.ranking,
                               {.computed_at = "2026-11-22T09:00:00Z", .keep_generations = keep},
                               no_progress);
    }

    std::vector<std::int64_t> numbers() {
        std::vector<std::int64_t> result;
        for (const Generation& g : open()->reader()->generations()) {
            result.push_back(g.number);
        }
        return result;
    }

    TestFolder folder_;
    DatabaseUrl url_;
};

INSTANTIATE_TEST_SUITE_P(Of, StoreTest, testing::Values(Kind::sqlite, Kind::mysql),
                         [](const auto& kind) { return kind.param == Kind::sqlite ? "sqlite" : "mariadb"; });

TEST_P(StoreTest, gives_back_what_was_published_nulls_and_long_texts_and_all) {
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
    const ExplainedList list = reader->list(ShowId{1}, 10, 0);
    EXPECT_EQ(list.generation, 1);
    EXPECT_THAT(list.reasons, IsEmpty());
    ASSERT_EQ(list.entries.size(), 2u);
    EXPECT_EQ(list.entries[0], run.lists.entries[0]);
    const std::vector<ShowFacts> facts =
        reader->shows(std::vector{list.entries[0].show, list.entries[1].show}, list.generation);
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
    EXPECT_EQ(reader->show(ShowId{5'000'000'000})->name, "show 2");
    EXPECT_EQ(reader->show(ShowId{2}), std::nullopt);
}

std::string packed_features(PublishedReader& reader, std::int64_t generation) {
    std::string bytes;
    for (std::int64_t part = 0;; ++part) {
        const std::string more = reader.packed_features(generation, part);
        if (more.empty()) {
            return bytes;
        }
        bytes += more;
    }
}

TEST_P(StoreTest, carries_packed_features_and_the_words_of_names_with_a_generation) {
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
    const auto found = [&](std::int64_t generation, std::string_view prefix, std::size_t limit = 10) {
        std::vector<std::string> texts;
        for (const NameWord& word : reader->name_words(generation, prefix, limit)) {
            texts.push_back(word.word + ' ' + std::to_string(to_number(word.show)) + ' ' +
                            std::to_string(word.position) + ' ' + std::to_string(word.words));
        }
        return texts;
    };
    EXPECT_THAT(found(1, "wire"), ElementsAre("wire 1 0 1", "wired 11 0 3"));
    EXPECT_THAT(found(1, "wire", 1), ElementsAre("wire 1 0 1"));
    EXPECT_THAT(found(1, "w%"), IsEmpty());
    EXPECT_THAT(found(1, "\u540d"), ElementsAre("\u540d\u63a2\u5075 1 2 3"));
    EXPECT_EQ(found(1, "").size(), 4u);
    EXPECT_THAT(found(2, ""), IsEmpty());
    publish(run);  // the first is no longer kept
    EXPECT_EQ(packed_features(*reader, 1), "");
    EXPECT_THAT(found(1, ""), IsEmpty());
}

TEST_P(StoreTest, tells_how_the_scores_of_the_published_generation_are_spread) {
    open()->migrate();
    const Publication before = run_of(40, 7, 0.25);
    const Publication now = run_of(30, 5, 1.0 / 3);
    publish(before);
    publish(now);
    const auto reader = open()->reader();
    EXPECT_EQ(reader->spread(), spread_of(now.lists));
    EXPECT_EQ(reader->spread()->lists, 29u);
    open()->rollback();
    EXPECT_EQ(reader->spread(), spread_of(before.lists));
}

TEST_P(StoreTest, gives_shows_by_id_and_page_by_page) {
    open()->migrate();
    publish(run_of(130, 1, 0.5));
    const auto reader = open()->reader();
    std::vector<ShowId> wanted{ShowId{7}, ShowId{1}, ShowId{1}};
    for (std::int64_t i = 129; i > 2; --i) {
        wanted.push_back(ShowId{10 * i + 1});
    }
    const std::vector<ShowFacts> shows = reader->shows(wanted, 1);
    ASSERT_EQ(shows.size(), 128u);
    EXPECT_EQ(shows[0].id, ShowId{1}) << "in the order asked for; 7 is none";
    EXPECT_EQ(shows[1].id, ShowId{1'291});
    EXPECT_EQ(shows[127].id, ShowId{31});
    EXPECT_THAT(reader->shows({}, 1), IsEmpty());
    EXPECT_THAT(reader->shows(wanted, 9), IsEmpty());
    const std::vector<ShowFacts> page = reader->shows_from(100, 20);
    ASSERT_EQ(page.size(), 20u);
    EXPECT_EQ(page[0].id, ShowId{1'001});
    EXPECT_EQ(reader->shows_from(120, 20).size(), 10u);
    EXPECT_THAT(reader->shows_from(500, 20), IsEmpty());
}

TEST_P(StoreTest, cuts_a_list_at_its_length_and_least_score) {
    Publication run = run_of(6, 5, 0.5);
    for (std::size_t k = 0; k < 5; ++k) {
        run.lists.entries[k].score = 0.9 - 0.1 * static_cast<double>(k);
    }
    open()->migrate();
    publish(run);
    const auto reader = open()->reader();
    EXPECT_EQ(reader->list(ShowId{1}, 2, 0).entries.size(), 2u);
    EXPECT_EQ(reader->list(ShowId{1}, 10, 0.7).entries.size(), 3u) << "0.9, 0.8 and 0.7 itself";
    EXPECT_THAT(reader->list(ShowId{1}, 10, 0.95).entries, IsEmpty());
    EXPECT_THAT(reader->list(ShowId{51}, 10, 0).entries, IsEmpty()) << "the last show has no list";
    EXPECT_EQ(reader->list(ShowId{51}, 10, 0).generation, 1) << "and that is so in this generation";
    EXPECT_THAT(reader->list(ShowId{999}, 10, 0).entries, IsEmpty());
}

TEST_P(StoreTest, finds_shows_by_name_exactly_first_then_in_part) {
    Publication run = run_of(4, 1, 0.5);
    run.catalogue.shows[0].name = "The Office";
    run.catalogue.shows[1].name = "the office";
    run.catalogue.shows[2].name = "The Office Girls 100%";
    run.catalogue.shows[3].name = "Officer_X";
    open()->migrate();
    publish(run);
    const auto reader = open()->reader();
    const auto ids = [&](std::string_view name, std::size_t limit = 10) {
        std::vector<std::int64_t> found;
        for (const ShowFacts& facts : reader->shows_named(name, limit)) {
            found.push_back(to_number(facts.id));
        }
        return found;
    };
    EXPECT_THAT(ids(" THE OFFICE\t"), ElementsAre(1, 11));
    EXPECT_THAT(ids("office"), ElementsAre(1, 11, 21, 31));
    EXPECT_THAT(ids("office", 2), ElementsAre(1, 11));
    EXPECT_THAT(ids("100%"), ElementsAre(21));
    EXPECT_THAT(ids("r_x"), ElementsAre(31));
    EXPECT_THAT(ids("%"), ElementsAre(21)) << "a wildcard is a character like any other";
    EXPECT_THAT(ids(" "), IsEmpty());
}

TEST_P(StoreTest, visits_every_show_with_its_list_in_id_order) {
    Publication run = run_of(5, 2, 0.5);
    run.catalogue.shows[2].genres = {"Drama"};
    run.catalogue.shows[2].summary = "<p>x</p>";
    open()->migrate();
    publish(run_of(7, 1, 0.25));
    publish(run);
    std::vector<ShowFacts> shows;
    open()->reader()->for_each_show([&](const ShowFacts& show) { shows.push_back(show); });
    ASSERT_EQ(shows.size(), 5u);
    for (std::size_t i = 0; i < shows.size(); ++i) {
        EXPECT_EQ(shows[i].id, run.catalogue.shows[i].id);
        EXPECT_EQ(shows[i].name, run.catalogue.shows[i].name);
        EXPECT_EQ(shows[i].genres, run.catalogue.shows[i].genres);
        EXPECT_EQ(shows[i].summary, run.catalogue.shows[i].summary);
    }
    RecommendationLists found;
    open()->reader()->for_each_list([&](ShowId show, std::span<const Recommendation> list) {
        found.shows.push_back(show);
        found.entries.insert(found.entries.end(), list.begin(), list.end());
        found.start.push_back(found.entries.size());
    });
    EXPECT_EQ(found.shows, run.lists.shows);
    EXPECT_EQ(found.start, run.lists.start);
    EXPECT_EQ(found.entries, run.lists.entries);
}

TEST_P(StoreTest, of_which_nothing_is_published_answers_with_nothing) {
    open()->migrate();
    const auto reader = open()->reader();
    EXPECT_EQ(reader->current(), std::nullopt);
    EXPECT_EQ(reader->spread(), std::nullopt);
    EXPECT_THAT(reader->generations(), IsEmpty());
    EXPECT_THAT(reader->list(ShowId{1}, 5, 0).entries, IsEmpty());
    EXPECT_EQ(reader->list(ShowId{1}, 5, 0).generation, 0);
    EXPECT_THAT(reader->shows_named("x", 5), IsEmpty());
    EXPECT_THROW(open()->rollback(), Error);
}

TEST_P(StoreTest, publishes_an_empty_catalogue_as_well) {
    open()->migrate();
    EXPECT_EQ(publish(Publication{}).shows, 0);
    EXPECT_TRUE(open()->reader()->current());
}

TEST_P(StoreTest, keeps_as_many_generations_as_asked_for_and_numbers_them_upwards) {
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

TEST_P(StoreTest, goes_back_to_the_generation_before_at_once) {
    open()->migrate();
    publish(run_of(3, 1, 0.25));
    publish(run_of(3, 1, 0.5));
    const auto reader = open()->reader();
    EXPECT_EQ(reader->list(ShowId{1}, 1, 0).entries[0].score, 0.5);
    EXPECT_EQ(open()->rollback().number, 1);
    EXPECT_EQ(reader->list(ShowId{1}, 1, 0).entries[0].score, 0.25) << "an open reader sees it too";
    EXPECT_THROW(open()->rollback(), Error);
    EXPECT_EQ(publish(run_of(3, 1, 0.75)).number, 3)
        << "the number of the one rolled back from is not used again";
    EXPECT_EQ(reader->current()->number, 3);
}

TEST_P(StoreTest, refuses_lists_that_a_reader_could_not_rely_on) {
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

TEST_P(StoreTest, migrates_once_and_tells_what_it_did) {
    const auto applied = open()->migrate();
    EXPECT_EQ(applied.size(), open()->migrations().size());
    EXPECT_THAT(open()->migrate(), IsEmpty());
    EXPECT_TRUE(open()->migrations().front().applied);
}

TEST_P(StoreTest, shows_a_reader_whole_generations_only_while_others_are_published) {
    open()->migrate();
    publish(run_of(40, 10, 0.01));
    std::atomic<bool> ended = false;
    std::atomic<std::size_t> answers = 0;
    std::thread reading([&] {
        const auto reader = open()->reader();
        std::int64_t last = 0;
        while (!ended || answers == 0) {
            const ExplainedList list = reader->list(ShowId{1}, 50, 0);
            ASSERT_EQ(list.entries.size(), 10u);
            for (const Recommendation& entry : list.entries) {
                ASSERT_EQ(entry.score, 0.01 * static_cast<double>(list.generation))
                    << "not of its generation";
            }
            ASSERT_GE(list.generation, last);
            last = list.generation;
            ASSERT_GE(reader->current()->number, last);
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

TEST_P(StoreTest, behaves_like_a_list_in_memory_under_random_operations) {
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
        ASSERT_EQ(open()->reader()->list(ShowId{1}, 1, 0).entries[0].score, kept[current]);
    }
}

}  // namespace
}  // namespace bingefriend
