#include "edition/show_texts.hpp"

#include <gtest/gtest.h>

#include "edition/in_memory_reader.hpp"

namespace bingefriend {
namespace {

ShowText name_of_show(const ShowDetails& show) {
    return {show.name, show.name.size()};
}

class ShowTextsOfAList : public testing::Test {
  protected:
    std::vector<std::string> members(ShowTexts& texts, std::uint64_t edition) {
        std::vector<std::string> result;
        for (const auto& text : texts.of(edition, 3, list_, reader_)) {
            result.push_back(text->members);
        }
        return result;
    }

    SampleReader reader_;
    const std::vector<Recommendation> list_ = read_list(reader_, 3, ShowId{1}, 10, 0);
};

TEST_F(ShowTextsOfAList, are_read_once_per_edition) {
    ShowTexts texts(1u << 20, name_of_show);
    const std::vector<std::string> first = members(texts, 1);
    EXPECT_EQ(first, (std::vector<std::string>{"Utopia \"é\"", "Bare"}));
    EXPECT_EQ(members(texts, 1), first);
    EXPECT_EQ(reader_.shows_read, 1);
    reader_.current_data().shows[0].name = "Dystopia";
    EXPECT_EQ(members(texts, 2)[0], "Dystopia");
    EXPECT_EQ(members(texts, 1), first);
    EXPECT_EQ(reader_.shows_read, 2);
}

TEST_F(ShowTextsOfAList, are_read_each_time_without_a_cache) {
    ShowTexts texts(0, name_of_show);
    EXPECT_EQ(members(texts, 1), members(texts, 1));
    EXPECT_EQ(reader_.shows_read, 2);
}

TEST_F(ShowTextsOfAList, fail_if_a_show_was_deleted_with_its_generation) {
    ShowTexts texts(1u << 20, name_of_show);
    reader_.current_data().shows.pop_back();
    EXPECT_THROW((void)members(texts, 1), GenerationGone);
}

}  // namespace
}  // namespace bingefriend
