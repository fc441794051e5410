#include "artifacts/feature_files.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "domain/error.hpp"
#include "domain/test_folder.hpp"

namespace bingefriend {
namespace {

Features features() {
    Features f;
    f.settings.text.max_features = 3;
    f.ids = {ShowId{2}, ShowId{5}, ShowId{11}, ShowId{12}};
    f.genres = {{"Crime", "Drama"}, {0, 2, 2, 3, 3}, {0, 1, 1}};
    f.text.row_start = {0, 2, 2, 3, 3};
    f.text.column = {0, 2, 1};
    f.text.value = {0.6, 0.8, 1.0};
    f.vocabulary = {{"city", "détective", "war"}, {1.5, 1.25, 2.0 / 3}, {1, 1, 1}};
    f.platform = {{"HBO", "other"}, {0, 1, 1, 0}};
    f.type = {{"Scripted"}, {0, Categories::none, 0, 0}};
    f.language = {{"other"}, {0, 0, 0, 0}};
    return f;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void expect_equal(const Features& a, const Features& b) {
    EXPECT_EQ(a.settings, b.settings);
    EXPECT_EQ(a.ids, b.ids);
    EXPECT_EQ(a.genres, b.genres);
    EXPECT_EQ(a.text, b.text);
    EXPECT_EQ(a.vocabulary, b.vocabulary);
    EXPECT_EQ(a.platform, b.platform);
    EXPECT_EQ(a.type, b.type);
    EXPECT_EQ(a.language, b.language);
}

TEST(FeatureFiles, give_back_the_features_to_the_last_bit) {
    const TestFolder folder;
    write_features(folder.path(), features());
    expect_equal(read_features(folder.path(), features().ids), features());
}

TEST(FeatureFiles, hold_an_empty_catalogue) {
    const TestFolder folder;
    Features empty;
    empty.platform.names = empty.language.names = {"other"};
    write_features(folder.path(), empty);
    expect_equal(read_features(folder.path(), {}), empty);
}

TEST(FeatureFiles, are_the_same_bytes_for_the_same_features) {
    const TestFolder one;
    const TestFolder two;
    write_features(one.path(), features());
    write_features(two.path(), features());
    for (const auto& file : std::filesystem::directory_iterator(one.path())) {
        EXPECT_EQ(bytes_of(file.path()), bytes_of(two / file.path().filename())) << file.path();
    }
}

TEST(FeatureFiles, refuse_another_catalogue) {
    const TestFolder folder;
    write_features(folder.path(), features());
    EXPECT_THROW((void)read_features(folder.path(), {ShowId{2}}), Error);
}

TEST(FeatureFiles, are_refused_by_name_when_missing_or_cut) {
    for (const char* name :
         {"genre_features.npy", "text_features.npz", "platform_features.npy", "type_features.npy",
          "language_features.npy", "tfidf_vectorizer.json", "genre_encoder.json"}) {
        const TestFolder folder;
        write_features(folder.path(), features());
        const std::string whole = bytes_of(folder / name);
        std::ofstream(folder / name, std::ios::binary) << whole.substr(0, whole.size() / 2);
        EXPECT_THROW((void)read_features(folder.path(), features().ids), Error) << name << " cut";
        std::filesystem::remove(folder / name);
        try {
            (void)read_features(folder.path(), features().ids);
            ADD_FAILURE() << name << " missing";
        } catch (const Error& error) {
            EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
        }
    }
}

}  // namespace
}  // namespace bingefriend
