#include "http/line_queue.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

namespace bingefriend {
namespace {

// Accepts up to `room` bytes in total.
struct Reader {
    std::size_t room = std::string::npos;
    std::string text;

    std::size_t take(std::string_view lines) {
        const std::size_t taken = std::min(room, lines.size());
        text += lines.substr(0, taken);
        room -= room == std::string::npos ? 0 : taken;
        return taken;
    }
};

LineQueue::Report no_report() {
    return [](bool) {};
}

TEST(LineQueue, writes_every_line_in_order_before_it_ends) {
    Reader reader;
    std::atomic<std::uint64_t> lost = 0;
    std::string expected;
    {
        LineQueue queue([&](std::string_view lines, const std::stop_token&) { return reader.take(lines); },
                        no_report(), lost);
        for (int i = 0; i < 10'000; ++i) {
            queue.add("line " + std::to_string(i));
            expected += "line " + std::to_string(i) + "\n";
        }
    }
    EXPECT_EQ(reader.text, expected);
    EXPECT_EQ(lost, 0U);
}

TEST(LineQueue, keeps_lines_of_several_threads_intact) {
    Reader reader;
    std::atomic<std::uint64_t> lost = 0;
    {
        LineQueue queue([&](std::string_view lines, const std::stop_token&) { return reader.take(lines); },
                        no_report(), lost);
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int n = 0; n < 1'000; ++n) {
                    queue.add("a whole line");
                }
            });
        }
    }
    std::string expected;
    for (int n = 0; n < 4'000; ++n) {
        expected += "a whole line\n";
    }
    EXPECT_EQ(reader.text, expected);
}

TEST(LineQueue, does_not_wait_for_its_reader_and_counts_lost_lines) {
    std::atomic<std::uint64_t> lost = 0;
    std::promise<void> reached;
    std::promise<void> resume;
    std::vector<bool> reports;
    std::size_t written = 0;
    const std::string line(1'023, 'x');
    const std::size_t fit = LineQueue::max_waiting_bytes / 1'024;
    {
        LineQueue queue(
            [&, first = true](std::string_view lines, const std::stop_token&) mutable {
                if (std::exchange(first, false)) {
                    reached.set_value();
                    resume.get_future().wait();
                }
                written += lines.size();
                return lines.size();
            },
            [&](bool losing) { reports.push_back(losing); }, lost);
        queue.add("first");
        reached.get_future().wait();
        for (std::size_t i = 0; i < fit + 100; ++i) {
            queue.add(line);
        }
        EXPECT_GE(lost, 100U);
        EXPECT_EQ(reports, std::vector<bool>{true});
        resume.set_value();
    }
    EXPECT_EQ(written, 6 + (fit + 100 - lost) * 1'024);
    EXPECT_EQ(reports, (std::vector<bool>{true, false}));
}

TEST(LineQueue, counts_lines_lost_on_a_full_disk_and_starts_a_new_line) {
    Reader reader{.room = 8, .text = {}};
    std::atomic<std::uint64_t> lost = 0;
    std::promise<void> failed;
    {
        LineQueue queue([&](std::string_view lines, const std::stop_token&) { return reader.take(lines); },
                        [&](bool losing) {
                            if (losing) {
                                reader.room = std::string::npos;
                                failed.set_value();
                            }
                        },
                        lost);
        queue.add("0123456789");
        failed.get_future().wait();
        queue.add("next");
    }
    EXPECT_EQ(lost, 1U);
    EXPECT_EQ(reader.text, "01234567\nnext\n");
}

}  // namespace
}  // namespace bingefriend
