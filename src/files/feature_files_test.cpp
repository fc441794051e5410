#include "files/feature_files.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "base/error.hpp"
#include "base/test_folder.hpp"

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

void write_catalogue(const TestFolder& folder, const std::string& bytes = "id,name\r\n") {
    std::ofstream(folder / "shows_metadata.csv", std::ios::binary) << bytes;
}

void write_features_to(const TestFolder& folder, const Features& features) {
    write_catalogue(folder);
    write_features(folder.path(), features, {.features = features.settings});
}

Features read_features_of(const TestFolder& folder, const std::vector<ShowId>& ids) {
    return read_features(folder.path(), ids).features;
}

std::string error_of(const TestFolder& folder) {
    try {
        (void)read_features_of(folder, features().ids);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
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
    write_features_to(folder, features());
    expect_equal(read_features_of(folder, features().ids), features());
}

TEST(FeatureFiles, hold_an_empty_catalogue) {
    const TestFolder folder;
    Features empty;
    empty.platform.names = empty.language.names = {"other"};
    write_features_to(folder, empty);
    expect_equal(read_features_of(folder, {}), empty);
}

TEST(FeatureFiles, are_the_same_bytes_for_the_same_features) {
    const TestFolder one;
    const TestFolder two;
    write_features_to(one, features());
    write_features_to(two, features());
    for (const auto& file : std::filesystem::directory_iterator(one.path())) {
        EXPECT_EQ(bytes_of(file.path()), bytes_of(two / file.path().filename())) << file.path();
    }
}

TEST(FeatureFiles, refuse_another_catalogue) {
    const TestFolder folder;
    write_features_to(folder, features());
    EXPECT_THROW((void)read_features_of(folder, {ShowId{2}}), Error);
}

TEST(FeatureFiles, refuse_a_catalogue_of_as_many_other_shows) {
    const TestFolder folder;
    write_features_to(folder, features());
    write_catalogue(folder, "id,name\r\n7,Another\r\n");
    EXPECT_NE(error_of(folder).find("the features are of another catalogue"), std::string::npos);
}

TEST(FeatureFiles, refuse_a_file_of_another_run_whose_shape_is_the_same) {
    Features other = features();
    other.genres = {{"Crime", "Food"}, {0, 1, 2, 3, 4}, {1, 0, 1, 0}};
    other.text.column = {1, 2, 0};
    other.platform = {{"Arte", "other"}, {1, 0, 0, 1}};
    other.type = {{"News"}, {0, 0, 0, 0}};
    other.language = {{"Thai"}, {0, 0, 0, 0}};
    const TestFolder others;
    write_features_to(others, other);
    for (const char* name : {"genre_features.npy", "text_features.npz", "platform_features.npy",
                             "type_features.npy", "genre_encoder.json", "tfidf_vectorizer.json"}) {
        const TestFolder folder;
        write_features_to(folder, features());
        std::filesystem::copy_file(others / name, folder / name,
                                   std::filesystem::copy_options::overwrite_existing);
        EXPECT_NE(error_of(folder).find("do not belong together"), std::string::npos) << name;
        EXPECT_THROW((void)check_features(folder.path()), Error) << name;
    }
}

TEST(FeatureFiles, say_whether_they_have_a_digest) {
    const TestFolder folder;
    write_features_to(folder, features());
    EXPECT_TRUE(read_features(folder.path(), features().ids).has_digest);
    std::string json = bytes_of(folder / "tfidf_vectorizer.json");
    const std::size_t begin = json.find("\"digest\"");
    json.erase(begin, json.find('}', begin) + 2 - begin);
    std::ofstream(folder / "tfidf_vectorizer.json", std::ios::binary) << json;
    write_catalogue(folder, "another");
    EXPECT_FALSE(read_features(folder.path(), features().ids).has_digest);
}

TEST(FeatureFiles, are_refused_by_name_when_missing_or_cut) {
    for (const char* name :
         {"genre_features.npy", "text_features.npz", "platform_features.npy", "type_features.npy",
          "language_features.npy", "tfidf_vectorizer.json", "genre_encoder.json"}) {
        const TestFolder folder;
        write_features_to(folder, features());
        const std::string whole = bytes_of(folder / name);
        std::ofstream(folder / name, std::ios::binary) << whole.substr(0, whole.size() / 2);
        EXPECT_THROW((void)read_features_of(folder, features().ids), Error) << name << " cut";
        std::filesystem::remove(folder / name);
        try {
            (void)read_features_of(folder, features().ids);
            ADD_FAILURE() << name << " missing";
        } catch (const Error& error) {
            EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
        }
    }
}

}  // namespace
}  // namespace bingefriend
