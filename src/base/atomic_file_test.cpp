#include "base/atomic_file.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

#include "base/error.hpp"
#include "base/test_folder.hpp"

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

TEST(AtomicFile, of_one_path_may_have_several_writers_at_once) {
    const TestFolder folder;
    AtomicFile one(folder / "file");
    AtomicFile two(folder / "file");
    one.write("one");
    two.write("two, which is longer");
    two.commit();
    one.commit();
    EXPECT_EQ(content(folder / "file"), "one");
}

TEST(AtomicFile, removes_what_killed_writers_left) {
    const TestFolder folder;
    AtomicFile working(folder / "file");
    const pid_t child = ::fork();
    if (child == 0) {
        AtomicFile same(folder / "file");
        AtomicFile other(folder / "other");
        ::_exit(0);  // as a kill: nothing is cleaned up
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    std::ofstream(folder / ".file.notes.part") << "of somebody else";
    const auto files = [&] { return std::distance(std::filesystem::directory_iterator(folder.path()), {}); };
    EXPECT_EQ(files(), 4);
    AtomicFile(folder / "file").commit();
    EXPECT_EQ(files(), 4) << "its own leftover is gone, the file is there";
    remove_temporary_files(folder.path());
    EXPECT_EQ(files(), 3);
    working.commit();
    EXPECT_EQ(files(), 2);
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
