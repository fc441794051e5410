#include "database/retry.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

constexpr Retries three_times{.attempts = 3, .first_pause = std::chrono::milliseconds(0)};

// How often work that always fails so is tried.
int attempts(Failure failure, Retries policy) {
    int tried = 0;
    EXPECT_THROW(with_retries(policy,
                              [&](int attempt) {
                                  EXPECT_EQ(attempt, tried++);
                                  throw DatabaseError(failure, ErrorKind::unavailable, "away", "", "");
                              }),
                 DatabaseError);
    return tried;
}

TEST(Retry, tries_again_what_can_pass_and_nothing_else) {
    EXPECT_EQ(attempts(Failure::passing, three_times), 3);
    EXPECT_EQ(attempts(Failure::lasting, three_times), 1);
    EXPECT_EQ(attempts(Failure::no_database, three_times), 1);
}

TEST(Retry, leaves_a_lost_connection_to_whoever_opened_it) {
    EXPECT_EQ(attempts(Failure::connection_lost, three_times), 1);
    Retries that_connects = three_times;
    that_connects.reconnects = true;
    EXPECT_EQ(attempts(Failure::connection_lost, that_connects), 3);
}

TEST(Retry, gives_what_the_attempt_gave_that_succeeded) {
    EXPECT_EQ(with_retries(three_times,
                           [](int attempt) {
                               if (attempt < 2) {
                                   throw DatabaseError(Failure::passing, ErrorKind::unavailable, "away", "",
                                                       "");
                               }
                               return attempt;
                           }),
              2);
}

}  // namespace
}  // namespace bingefriend
