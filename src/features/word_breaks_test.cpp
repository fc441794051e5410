#include "features/word_breaks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "features/tf_idf.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    WordBreaker().split(
        text, [&](std::string_view word) { words.emplace_back(word); },
        [&](std::string_view rest) { words.push_back("<" + std::string(rest) + ">"); });
    return words;
}

TEST(WordBreaker, finds_words_in_scripts_without_spaces) {
    EXPECT_THAT(words_of("警察调查谋杀"), ElementsAre("警察", "调查", "谋杀"));
    EXPECT_THAT(words_of("東京の高校生"), ElementsAre("東京", "高校生"));
    EXPECT_THAT(words_of("ตำรวจสืบสวน"), ElementsAre("ตำรวจ", "สืบสวน"));
}

TEST(WordBreaker, leaves_other_text_as_it_is) {
    EXPECT_THAT(words_of("Der Kommissar"), ElementsAre("<Der Kommissar>"));
    EXPECT_THAT(words_of("FBI警察 2 x"), ElementsAre("<FBI>", "警察", "< 2 x>"));
    EXPECT_THAT(words_of("\xff警察\xff"), ElementsAre("<\xff>", "警察", "<\xff>"));
    EXPECT_THAT(words_of(""), testing::IsEmpty());
}

// Six subjects, five texts each.
constexpr std::array<std::string_view, 30> chinese_texts{
    "一名警察调查一起离奇的谋杀案，凶手似乎总是快他一步。",
    "年轻的女警察来到小镇，发现谋杀案背后隐藏着黑帮。",
    "退休侦探重新调查二十年前的谋杀案，找到了新的线索。",
    "黑帮老大被杀，警察必须在凶手逃走之前找到线索。",
    "侦探和医生一起破案，他们追查一个连环凶手。",
    "医院急诊室的医生每天都在抢救病人，压力巨大。",
    "实习医生第一次走进手术室，病人的生命掌握在她手里。",
    "外科医生失去了自信，一位病人帮助他重新拿起手术刀。",
    "护士们在医院里工作，也在医院里恋爱。",
    "一家乡村医院只有一位医生和两名护士，病人却越来越多。",
    "宇航员乘坐飞船前往火星，却与地球失去了联系。",
    "未来的人类离开地球，在太空中寻找新的家园。",
    "飞船船员在外星球上发现了古老的文明。",
    "机器人开始拥有感情，人类与机器人的战争一触即发。",
    "外星人来到地球，科学家试图与外星人沟通。",
    "年轻的皇帝登上王位，宫廷里的斗争才刚刚开始。",
    "将军带领军队保卫王朝，却被皇帝怀疑。",
    "公主被送往敌国和亲，她要在宫廷中生存下来。",
    "一位妃子在宫廷斗争中失去孩子，决定向皇后复仇。",
    "王朝末年，将军和书生联手推翻暴君。",
    "高中学生组成乐队，准备参加学校的音乐比赛。",
    "转学生来到新学校，遇见了爱打篮球的同桌。",
    "老师带领一群问题学生考上大学。",
    "学校篮球队的学生为了全国比赛努力训练。",
    "毕业多年的同学重聚，想起了高中时代的初恋。",
    "厨师离开大城市，在家乡开了一家小餐厅。",
    "美食节目主持人走遍全国，寻找地道的家乡美食。",
    "餐厅老板和年轻厨师争夺一份祖传菜谱。",
    "一位厨师用美食治愈每一位走进餐厅的客人。",
    "烹饪比赛中，十位厨师用家乡的食材做菜。"};

// Of the four texts nearest to each, how many are about the same subject, on average.  Texts without a common
// term are not near.
double same_subject(const TextSettings& settings) {
    const TextFeatures features = text_features({{{chinese_texts.begin(), chinese_texts.end()}}}, settings);
    std::size_t same = 0;
    for (std::size_t a = 0; a < chinese_texts.size(); ++a) {
        std::vector<std::pair<double, std::size_t>> nearest;
        for (std::size_t b = 0; b < chinese_texts.size(); ++b) {
            double dot = 0;
            for (std::size_t i = 0; i < features.matrix.columns_of(a).size(); ++i) {
                for (std::size_t j = 0; j < features.matrix.columns_of(b).size(); ++j) {
                    if (features.matrix.columns_of(a)[i] == features.matrix.columns_of(b)[j]) {
                        dot += features.matrix.values_of(a)[i] * features.matrix.values_of(b)[j];
                    }
                }
            }
            if (a != b && dot > 0) {
                nearest.emplace_back(-dot, b);
            }
        }
        std::sort(nearest.begin(), nearest.end());
        nearest.resize(std::min<std::size_t>(nearest.size(), 4));
        same += static_cast<std::size_t>(std::count_if(
            nearest.begin(), nearest.end(), [&](const auto& near) { return near.second / 5 == a / 5; }));
    }
    return static_cast<double>(same) / static_cast<double>(chinese_texts.size());
}

TEST(WordBreaker, makes_chinese_texts_of_one_subject_similar) {
    TextSettings settings{.max_features = TextSettings::all_terms, .min_df = 2, .max_ngram = 1};
    const double without = same_subject(settings);
    settings.word_breaks = true;
    const double with = same_subject(settings);
    RecordProperty("same_subject_without", std::to_string(without));
    RecordProperty("same_subject_with", std::to_string(with));
    EXPECT_LT(without, 0.2);
    EXPECT_GT(with, 2);
}

}  // namespace
}  // namespace bingefriend
