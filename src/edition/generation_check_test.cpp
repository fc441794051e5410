#include "edition/generation_check.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <mutex>
#include <thread>

#include "edition/in_memory_reader.hpp"

namespace bingefriend {
namespace {

using Result = Verification::Result;

// Verifies as it is told.
class VerifiedDatabase {
  public:
    using Verify =
        std::function<Verification(std::int64_t generation, const std::function<bool()>& may_go_on)>;

    explicit VerifiedDatabase(Verify verify) : verify_(std::move(verify)) {}

    [[nodiscard]] PublishedReader& reader() { return reader_; }

    void publish(std::int64_t number) {
        const std::lock_guard lock(mutex_);
        generation_.number = number;
    }

    std::atomic<int> times = 0;

  private:
    class Reader final : public InMemoryReader {
      public:
        explicit Reader(VerifiedDatabase& database) : database_(database) {
            for (std::int64_t number = 1; number <= 3; ++number) {
                stored[number] = {};
            }
        }
        std::optional<Generation> current() override {
            const std::lock_guard lock(database_.mutex_);
            return database_.generation_;
        }
        Verification verify(std::int64_t number, const std::function<bool()>& may_go_on) override {
            ++database_.times;
            return database_.verify_(number, may_go_on);
        }

      private:
        VerifiedDatabase& database_;
    };

    std::mutex mutex_;
    Generation generation_{.number = 1};
    Verify verify_;
    Reader reader_{*this};
};

class Check {
  public:
    Check(VerifiedDatabase& database, GenerationCheck::Settings settings)
        : watcher_(database.reader(), {}, [] {}), check_(watcher_, database.reader(), settings) {
        watcher_.look();
        thread_ = std::jthread([this](const std::stop_token& stop) { check_.run(stop); });
    }

    template <typename Condition>
    void wait_until(const Condition& holds) {
        while (!holds(check_)) {
            watcher_.look();
            std::this_thread::yield();
        }
    }

  private:
    EditionWatcher watcher_;
    GenerationCheck check_;
    std::jthread thread_;
};

constexpr GenerationCheck::Settings at_once{.looks_every = std::chrono::milliseconds(1), .share = 1};

bool is_done(const GenerationCheck& check) {
    return check.checked_at() > 0;
}

TEST(TheCheckOfAGeneration, is_made_once_for_each_that_is_published) {
    VerifiedDatabase database([](std::int64_t generation, const auto&) {
        return Verification{.result = generation == 2 ? Result::damaged : Result::whole,
                            .generation = generation,
                            .faults = {"a fault"}};
    });
    Check check(database, at_once);
    check.wait_until(is_done);
    check.wait_until([](const GenerationCheck& c) { return !c.found_damage(); });
    database.publish(2);
    check.wait_until([](const GenerationCheck& c) { return c.found_damage(); });
    database.publish(3);
    check.wait_until([](const GenerationCheck& c) { return !c.found_damage(); });
    EXPECT_EQ(database.times, 3);
}

TEST(TheCheckOfAGeneration, is_made_again_after_a_time) {
    VerifiedDatabase database([](std::int64_t generation, const auto&) {
        return Verification{.result = Result::whole, .generation = generation};
    });
    GenerationCheck::Settings settings = at_once;
    settings.again_after = std::chrono::milliseconds(1);
    Check check(database, settings);
    check.wait_until([&](const GenerationCheck&) { return database.times >= 3; });
}

TEST(TheCheckOfAGeneration, is_made_again_if_the_database_was_away) {
    VerifiedDatabase database([&](std::int64_t generation, const auto&) -> Verification {
        if (database.times == 1) {
            throw Error(ErrorKind::unavailable, "the database is away");
        }
        return {.result = Result::whole, .generation = generation};
    });
    GenerationCheck::Settings settings = at_once;
    settings.retries_after = std::chrono::milliseconds(1);
    Check check(database, settings);
    check.wait_until(is_done);
    EXPECT_EQ(database.times, 2);
}

TEST(TheCheckOfAGeneration, calls_nothing_damaged_that_was_replaced_meanwhile) {
    VerifiedDatabase database([&](std::int64_t generation, const auto&) {
        database.publish(2);
        return Verification{.result = generation == 1 ? Result::damaged : Result::whole,
                            .generation = generation};
    });
    Check check(database, at_once);
    check.wait_until([](const GenerationCheck& c) {
        EXPECT_FALSE(c.found_damage());
        return is_done(c);
    });
}

TEST(TheCheckOfAGeneration, ends_between_two_pieces_when_it_is_told_to) {
    std::atomic<bool> began = false;
    std::atomic<bool> ended = false;
    VerifiedDatabase database([&](std::int64_t generation, const std::function<bool()>& may_go_on) {
        began = true;
        while (may_go_on()) {
        }
        ended = true;
        return Verification{.result = Result::stopped, .generation = generation};
    });
    {
        Check check(database, at_once);
        check.wait_until([&](const GenerationCheck&) { return began.load(); });
    }
    EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace bingefriend
