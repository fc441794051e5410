#include "edition/edition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <numeric>

#include "edition/answer.hpp"
#include "edition/in_memory_reader.hpp"
#include "edition/test_catalogue.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;

std::unique_ptr<const Edition> edition_of(InMemoryReader& reader) {
    return std::make_unique<const Edition>(*reader.generation, reader, EditionSettings{.version = "1.2.3"},
                                           std::make_shared<CacheLookups>());
}

TEST(AnEdition, reads_its_generation_once) {
    InMemoryReader reader;
    reader.publish(1, some_shows(150));
    const auto edition = edition_of(reader);
    EXPECT_EQ(edition->number(), 1);
    ASSERT_NE(edition->features(), nullptr);
    ASSERT_NE(edition->names(), nullptr);
    EXPECT_EQ(edition->names()->ids().size(), 150u);
    EXPECT_EQ(edition->names()->ids().back(), ShowId{150});
    const int reads = reader.reads;
    EXPECT_FALSE(answer({.likes = {ShowId{3}}}, *edition->features(), default_weights).list.entries.empty());
    EXPECT_FALSE(edition->names()->find("show 7", 5).empty());
    EXPECT_EQ(reader.reads, reads);
    EXPECT_EQ(reader.features_read, 1);
    EXPECT_EQ(reader.names_read, 1);
}

TEST(AnEdition, reads_the_franchises_of_its_shows_once) {
    Catalogue catalogue = some_shows(150);
    catalogue.shows[7].name = "CSI: Miami";
    catalogue.shows[99].name = "CSI: NY";
    InMemoryReader reader;
    reader.publish(1, catalogue);
    const auto edition = edition_of(reader);
    ASSERT_EQ(edition->franchises().size(), 150u);
    EXPECT_EQ(edition->franchises()[7], edition->franchises()[99]);
    EXPECT_NE(edition->franchises()[7], edition->franchises()[8]);
    const int reads = reader.reads;
    EXPECT_EQ(edition->franchises().size(), 150u);
    EXPECT_EQ(reader.reads, reads);

    reader.current_data().shows.pop_back();
    EXPECT_THROW((void)edition_of(reader)->franchises(), Error) << "names of other shows";
}

TEST(AnEdition, does_without_features_that_are_missing_corrupt_or_of_other_lists) {
    Catalogue other = some_shows(150);
    for (Show& show : other.shows) {
        show.summary_text += to_number(show.id) % 2 == 0 ? " island island" : " judge";
    }
    InMemoryReader reader;
    reader.publish(1, some_shows(150));
    const std::string features = reader.current_data().packed_features;
    std::string corrupt = features;
    corrupt[corrupt.size() / 2] ^= 1;
    reader.publish(2, other);
    for (const std::string& stored : {std::string(), corrupt, features}) {
        reader.current_data().packed_features = stored;
        const auto edition = edition_of(reader);
        EXPECT_EQ(edition->features(), nullptr);
        EXPECT_EQ(edition->overview(), nullptr);
        ASSERT_NE(edition->names(), nullptr) << "search needs no features";
        EXPECT_FALSE(edition->names()->find("show 7", 5).empty());
    }
}

TEST(AnEdition, does_without_names_that_cannot_be_used) {
    InMemoryReader reader;
    reader.publish(1, some_shows(20));
    reader.current_data().words.front().show = ShowId{9'999};
    const auto edition = edition_of(reader);
    EXPECT_EQ(edition->names(), nullptr);
    EXPECT_NE(edition->features(), nullptr);
}

TEST(AnEdition, has_tags_of_its_generation_and_of_the_program) {
    SampleReader reader;
    const std::string tag = edition_of(reader)->tag("/shows/1");
    EXPECT_EQ(edition_of(reader)->tag("/shows/1"), tag);
    EXPECT_NE(edition_of(reader)->tag("/shows/2"), tag);
    EXPECT_TRUE(tag.starts_with("W/\"3-"));
    const Edition of_another_program(*reader.generation, reader, {.version = "2"}, nullptr);
    EXPECT_NE(of_another_program.tag("/shows/1"), tag);
    reader.generation->published_at = "2026-11-29T09:01:00Z";
    EXPECT_NE(edition_of(reader)->tag("/shows/1"), tag);
}

TEST(AnEdition, counts_its_catalogue) {
    const Catalogue catalogue = some_shows(150);
    InMemoryReader reader;
    reader.publish(1, catalogue);
    const auto edition = edition_of(reader);
    ASSERT_NE(edition->overview(), nullptr);
    const CatalogueOverview& overview = *edition->overview();
    EXPECT_EQ(overview.shows, 150u);
    EXPECT_EQ(overview.with_genres, 150u);
    EXPECT_EQ(overview.with_language, 100u);
    EXPECT_EQ(overview.with_rating, 100u);
    EXPECT_EQ(std::accumulate(overview.ratings.begin(), overview.ratings.end(), std::size_t{0}), 100u);
    EXPECT_THAT(overview.types, ElementsAre(NamedCount{"Scripted", 112}, NamedCount{"Reality", 38}));
    EXPECT_EQ(overview.networks.size(), 40u);
    EXPECT_EQ(overview.well_known.size(), 6u);
    for (const ShowId id : overview.well_known) {
        EXPECT_GE(catalogue.shows[static_cast<std::size_t>(to_number(id)) - 1].rating.value_or(0), 8.5);
    }
}

}  // namespace
}  // namespace bingefriend
