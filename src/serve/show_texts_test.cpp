#include "serve/show_texts.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "serve/fake_reader.hpp"

namespace bingefriend {
namespace {

class ShowTextsOfAList : public testing::Test {
  protected:
    ExplainedList list() { return list_of(ShowId{1}, 10, 0, reader_); }
    std::vector<std::string> members(ShowTexts& texts) {
        std::vector<std::string> result;
        for (const auto& text : texts.of(list(), reader_)) {
            result.push_back(text->members);
        }
        return result;
    }

    FakeDatabase database_;
    FakeReader reader_{database_};
};

TEST_F(ShowTextsOfAList, are_read_once_while_their_generation_is_published) {
    ShowTexts texts(1u << 20);
    const std::vector<std::string> first = members(texts);
    ASSERT_EQ(first.size(), 2u);
    EXPECT_NE(first[0].find("Utopia"), std::string::npos);
    EXPECT_EQ(members(texts), first);
    EXPECT_EQ(database_.shows_read, 1);
    database_.generation->number = 4;
    database_.list[0].facts.name = "Dystopia";
    EXPECT_NE(members(texts)[0].find("Dystopia"), std::string::npos);
    EXPECT_EQ(database_.shows_read, 2);
}

TEST_F(ShowTextsOfAList, are_read_each_time_where_nothing_may_be_kept) {
    ShowTexts texts(0);
    EXPECT_EQ(members(texts), members(texts));
    EXPECT_EQ(database_.shows_read, 2);
}

TEST_F(ShowTextsOfAList, fail_where_a_show_is_gone_with_its_generation) {
    ShowTexts texts(1u << 20);
    const ExplainedList before = list();
    database_.list.pop_back();
    try {
        (void)texts.of(before, reader_);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unavailable);
    }
}

}  // namespace
}  // namespace bingefriend
