#include "artifacts/atomic_file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "domain/error.hpp"
#include "domain/test_folder.hpp"

namespace bingefriend {
namespace {

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(AtomicFile, stands_in_its_place_only_when_committed) {
    const TestFolder folder;
    const auto path = folder / "new folder/file";
    {
        AtomicFile file(path);
        file.write("first");
        EXPECT_FALSE(std::filesystem::exists(path));
        file.commit();
    }
    EXPECT_EQ(content(path), "first");
    {
        AtomicFile file(path);
        file.write("half of the sec");
    }
    EXPECT_EQ(content(path), "first") << "given up before the commit";
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path.parent_path()), {}), 1)
        << "nothing is left over";
}

TEST(AtomicFile, says_where_it_cannot_write) {
    const TestFolder folder;
    std::ofstream(folder / "plain") << "a file, no folder";
    try {
        const AtomicFile file(folder / "plain" / "below");
        FAIL() << "a file cannot lie below a file";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unavailable);
        EXPECT_NE(std::string(error.what()).find("plain/below"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace bingefriend
