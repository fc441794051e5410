#include "store/part_columns.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

TEST(PartColumns, stand_for_an_at_sign) {
    EXPECT_EQ(with_part_columns("SELECT r.id, r.@_score, r.x FROM r"),
              "SELECT r.id, r.genre_score, r.text_score, r.metadata_score, r.year_score, r.rating_score, r.x "
              "FROM r");
    EXPECT_EQ(with_part_columns("INSERT INTO g (n, @_weight) VALUES (?, @?)"),
              "INSERT INTO g (n, genre_weight, text_weight, metadata_weight, "
              "year_weight, rating_weight) VALUES (?, ?, ?, ?, ?, ?)");
    EXPECT_EQ(with_part_columns("@_score"),
              "genre_score, text_score, metadata_score, year_score, rating_score");
    EXPECT_EQ(with_part_columns("SELECT 1"), "SELECT 1");
    EXPECT_EQ(with_part_columns(""), "");
}

}  // namespace
}  // namespace bingefriend
