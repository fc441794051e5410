#include "features/tf_idf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr TextSettings everything{.max_features = 1'000, .min_df = 1, .max_df = 1.0};

TEST(TextFeatures, are_unigrams_and_bigrams_of_what_stop_words_leave) {
    const TextFeatures features =
        text_features({{{"The detective of the city", "a city detective"}}}, everything);
    EXPECT_THAT(features.vocabulary.terms,
                ElementsAre("city", "city detective", "detective", "detective city"));
    EXPECT_THAT(features.vocabulary.document_frequency, ElementsAre(2, 1, 2, 1));
}

TEST(TextFeatures, weigh_a_term_by_its_count_and_rarity_in_rows_of_length_one) {
    const TextFeatures features = text_features({{{"ghost ghost", "ghost", "", "robot"}}}, everything);
    ASSERT_THAT(features.vocabulary.terms, ElementsAre("ghost", "ghost ghost", "robot"));
    const double ghost = std::log(5.0 / 3.0) + 1;
    const double pair = std::log(5.0 / 2.0) + 1;
    EXPECT_DOUBLE_EQ(features.vocabulary.idf[0], ghost);
    EXPECT_DOUBLE_EQ(features.vocabulary.idf[1], pair);
    const double length = std::sqrt(4 * ghost * ghost + pair * pair);
    EXPECT_THAT(features.matrix.columns_of(0), ElementsAre(0, 1));
    EXPECT_DOUBLE_EQ(features.matrix.values_of(0)[0], 2 * ghost / length);
    EXPECT_DOUBLE_EQ(features.matrix.values_of(0)[1], pair / length);
    EXPECT_THAT(features.matrix.values_of(1), ElementsAre(1.0));
    EXPECT_THAT(features.matrix.columns_of(2), IsEmpty());
    EXPECT_EQ(features.matrix.rows(), 4u);
}

TEST(TextFeatures, leave_out_terms_in_too_few_or_too_many_texts) {
    const std::vector<std::string_view> texts{"war peace", "war love", "war love", "war", "war"};
    const TextFeatures features = text_features({{texts}}, {.max_features = 10, .min_df = 2, .max_df = 0.8});
    EXPECT_THAT(features.vocabulary.terms, ElementsAre("love", "war love"))
        << "war stands in all five, peace in one";
    const TextFeatures more = text_features({{texts}}, {.max_features = 10, .min_df = 2, .max_df = 1.0});
    EXPECT_THAT(more.vocabulary.terms, ElementsAre("love", "war", "war love"));
}

TEST(TextFeatures, keep_the_most_frequent_terms_and_of_equally_frequent_ones_the_first_by_name) {
    const std::vector<std::string_view> texts{"zebra,zebra x apple", "pear q apple", "zebra 1 pear"};
    const TextFeatures two = text_features({{texts}}, {.max_features = 2, .min_df = 1, .max_df = 1.0});
    EXPECT_THAT(two.vocabulary.terms, ElementsAre("apple", "zebra"));
    const TextFeatures three = text_features({{texts}}, {.max_features = 3, .min_df = 1, .max_df = 1.0});
    EXPECT_THAT(three.vocabulary.terms, ElementsAre("apple", "pear", "zebra"));
    const TextFeatures none = text_features({{texts}}, {.max_features = 0, .min_df = 1, .max_df = 1.0});
    EXPECT_THAT(none.vocabulary.terms, IsEmpty());
}

// Every word and every pair counted, as the definition says.
std::vector<std::string> terms_of_plain_counts(const std::vector<std::string>& texts,
                                               const TextSettings& settings) {
    std::map<std::string, std::pair<std::int64_t, std::set<std::size_t>>> counts;
    for (std::size_t text = 0; text < texts.size(); ++text) {
        std::istringstream words(texts[text]);
        std::string before;
        for (std::string word; words >> word; before = word) {
            ++counts[word].first;
            counts[word].second.insert(text);
            if (!before.empty()) {
                ++counts[before + ' ' + word].first;
                counts[before + ' ' + word].second.insert(text);
            }
        }
    }
    std::vector<std::pair<std::int64_t, std::string>> ranking;
    for (const auto& [term, count] : counts) {
        const auto df = static_cast<double>(count.second.size());
        if (df >= static_cast<double>(settings.min_df) &&
            df <= settings.max_df * static_cast<double>(texts.size())) {
            ranking.emplace_back(-count.first, term);
        }
    }
    std::sort(ranking.begin(), ranking.end());
    ranking.resize(std::min(ranking.size(), settings.max_features));
    std::vector<std::string> terms;
    for (const auto& [count, term] : ranking) {
        terms.push_back(term);
    }
    std::sort(terms.begin(), terms.end());
    return terms;
}

TEST(TextFeatures, have_the_terms_of_plain_counts_though_few_pairs_are_counted) {
    std::mt19937_64 random(5);
    for (int round = 0; round < 40; ++round) {
        std::vector<std::string> texts;
        const std::size_t words = 3 + random() % 40;
        for (std::size_t i = 0; i < 60; ++i) {
            std::string text;
            for (std::size_t w = random() % 12; w > 0; --w) {
                // The square favours low numbers: some words are common, and so are pairs of them.
                text += "w" + std::to_string(random() % words * (random() % words) / words) + ' ';
            }
            texts.push_back(text);
        }
        const TextSettings settings{.max_features = 1 + random() % 60,
                                    .min_df = 1 + random() % 3,
                                    .max_df = round % 3 == 0 ? 0.3 : 0.9};
        SCOPED_TRACE(testing::Message() << "round " << round << ", " << settings.max_features << " terms");
        const std::vector<std::string_view> views(texts.begin(), texts.end());
        const TextFeatures features = text_features({{views}}, settings, 1);
        EXPECT_EQ(features.vocabulary.terms, terms_of_plain_counts(texts, settings));
        const TextFeatures by_many = text_features({{views}}, settings, 3);
        EXPECT_EQ(by_many.vocabulary, features.vocabulary);
        EXPECT_EQ(by_many.matrix, features.matrix);
        for (std::size_t text = 0; text < texts.size(); ++text) {
            const TextMatrix row = text_row({{{texts[text]}}}, features.vocabulary, settings);
            EXPECT_TRUE(std::ranges::equal(row.columns_of(0), features.matrix.columns_of(text)));
            EXPECT_TRUE(std::ranges::equal(row.values_of(0), features.matrix.values_of(text)));
        }
    }
}

TEST(TextFeatures, of_no_texts_and_of_empty_texts_are_empty) {
    EXPECT_EQ(text_features({}, everything).matrix.rows(), 0u);
    const TextFeatures features = text_features({{{"", "", "the of"}}}, everything);
    EXPECT_EQ(features.matrix.rows(), 3u);
    EXPECT_THAT(features.vocabulary.terms, IsEmpty());
    EXPECT_THAT(features.matrix.value, IsEmpty());
}

}  // namespace
}  // namespace bingefriend
