// A page of shows is made piece by piece, and is whole or is none.
#include "bodies/show_page.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "edition/in_memory_reader.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::json;
using testing::SizeIs;

class PageOfShows : public testing::Test {
  protected:
    PageOfShows() { shows_.clear(); }
    void add_shows(std::size_t count, std::size_t summary_bytes) {
        for (std::size_t i = 0; i < count; ++i) {
            ids_.push_back(ShowId{static_cast<std::int64_t>(ids_.size()) + 1});
            shows_.push_back({.id = ids_.back(), .name = "x", .summary = std::string(summary_bytes, 's')});
        }
    }
    std::vector<std::string> pieces() {
        ShowPage page({.generation = 3, .ids = ids_, .offset = 5, .limit = 1'000});
        std::vector<std::string> made;
        while (!page.is_done()) {
            made.push_back(page.next(reader_));
        }
        return made;
    }
    void expect_whole(const std::vector<std::string>& pieces) {
        std::string text;
        for (const std::string& piece : pieces) {
            text += piece;
        }
        const Json page = Json::parse(text, nullptr, false);
        ASSERT_TRUE(page.is_object());
        EXPECT_EQ(page["total"], ids_.size());
        EXPECT_EQ(page["offset"], 5);
        EXPECT_EQ(page["limit"], 1'000);
        ASSERT_EQ(page["shows"].size(), ids_.size());
        for (std::size_t i = 0; i < ids_.size(); ++i) {
            EXPECT_EQ(page["shows"][i]["id"], to_number(ids_[i]));
            EXPECT_EQ(page["shows"][i]["summary"].get<std::string>(), shows_[i].summary);
        }
    }

    SampleReader reader_;
    std::vector<ShowDetails>& shows_ = reader_.current_data().shows;
    std::vector<ShowId> ids_;
};

TEST_F(PageOfShows, is_one_piece_if_it_is_small) {
    EXPECT_EQ(pieces(), std::vector<std::string>{R"({"shows":[],"total":0,"offset":5,"limit":1000})"});
    add_shows(1'000, 500);
    EXPECT_THAT(pieces(), SizeIs(1));
    expect_whole(pieces());
}

TEST_F(PageOfShows, is_many_pieces_of_limited_size_if_it_is_large) {
    constexpr std::size_t largest_show = 1u << 20;
    add_shows(100, 100);
    add_shows(5, largest_show);
    add_shows(200, 64u << 10);
    add_shows(100, 100);
    const std::vector<std::string> made = pieces();
    EXPECT_GT(made.size(), 16u);
    for (const std::string& piece : made) {
        EXPECT_LT(piece.size(), BodySource::bytes_of_a_piece + largest_show + 1'000);
    }
    expect_whole(made);
}

TEST_F(PageOfShows, reads_large_shows_twice_at_most_once) {
    add_shows(40, BodySource::bytes_of_a_piece);
    EXPECT_THAT(pieces(), SizeIs(testing::Ge(40u)));
    EXPECT_LE(reader_.shows_read, 42) << "statements";
}

TEST_F(PageOfShows, fails_rather_than_being_short) {
    add_shows(40, 100);
    ids_.push_back(ShowId{1'000});
    EXPECT_THROW((void)pieces(), Error);
}

}  // namespace
}  // namespace bingefriend
