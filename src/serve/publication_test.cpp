#include "serve/publication.hpp"

#include <gtest/gtest.h>

#include "serve/fake_reader.hpp"

namespace bingefriend {
namespace {

// Clients decide how often the database is probed, and a connection may cost a TLS handshake.
TEST(Publication, opens_a_connection_for_few_of_many_probes) {
    FakeDatabase database;
    Publication publication(readers_of(database), "1.2.3");
    constexpr int probes = 10'000;
    for (int i = 0; i < probes; ++i) {
        publication.probe();
    }
    EXPECT_GE(database.looked_at_anew, 1);
    EXPECT_LT(database.looked_at_anew, probes / 100);
}

TEST(Publication, is_another_if_the_database_is_another_with_the_same_generation) {
    FakeDatabase database;
    Publication publication(readers_of(database), "1.2.3");
    publication.probe();
    const auto before = publication.now();
    publication.probe();
    EXPECT_EQ(publication.now(), before);
    database.generation->database = "another";
    publication.probe();
    EXPECT_NE(publication.now(), before);
}

}  // namespace
}  // namespace bingefriend
