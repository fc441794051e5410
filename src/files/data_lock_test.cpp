#include "files/data_lock.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

constexpr const char* noon = "2026-11-22T12:00:00Z";

std::string refusal_of(const TestFolder& folder, Hold hold) {
    try {
        const DataLock lock(folder / "data", hold, "features", noon);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::conflict);
        return error.what();
    }
    return {};
}

TEST(DataLock, refuses_a_second_run_and_says_who_holds_the_folder) {
    const TestFolder folder;
    {
        const DataLock lock(folder / "data", Hold::exclusive, "pipeline", noon);
        for (const Hold hold : {Hold::exclusive, Hold::shared}) {
            EXPECT_THAT(refusal_of(folder, hold),
                        HasSubstr("`bingefriend pipeline` holds it, process " + std::to_string(::getpid()) +
                                  ", since 2026-11-22T12:00:00Z"));
        }
    }
    EXPECT_EQ(refusal_of(folder, Hold::exclusive), "");
    EXPECT_TRUE(std::filesystem::is_empty(folder / "data"));
}

TEST(DataLock, is_shared_by_those_who_only_read) {
    const TestFolder folder;
    std::filesystem::create_directory(folder / "data");
    const DataLock one(folder / "data", Hold::shared, "populate", noon);
    EXPECT_EQ(refusal_of(folder, Hold::shared), "");
    EXPECT_THAT(refusal_of(folder, Hold::exclusive), HasSubstr("`bingefriend populate` holds it"));
}

TEST(DataLock, leaves_nothing_of_its_process_when_it_is_abandoned) {
    const TestFolder folder;
    const std::filesystem::path data = folder / "data";
    DataLock lock(data, Hold::exclusive, "pipeline", noon);
    AtomicFile file(data / "half.npy");
    AtomicFile report(data / "runs" / "report.json");
    std::filesystem::create_directory(data / ".download");
    std::ofstream(data / "whole.npy") << "whole";
    std::ofstream(data / ".other.npy.1-1.part") << "of another process";
    lock.abandon();
    EXPECT_THROW(file.commit(), Error);
    std::vector<std::string> left;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data)) {
        left.push_back(entry.path().filename().string());
    }
    EXPECT_THAT(left, testing::UnorderedElementsAre("runs", "whole.npy", ".other.npy.1-1.part"));
}

TEST(DataLock, waits_where_it_is_told_to) {
    const TestFolder folder;
    auto held = std::make_unique<DataLock>(folder / "data", Hold::exclusive, "fetch", noon);
    std::string told;
    const DataLock lock(folder / "data", Hold::exclusive, "features", noon, [&](const std::string& holder) {
        told = holder;
        held.reset();
    });
    EXPECT_THAT(told, HasSubstr("`bingefriend fetch`"));
    EXPECT_THAT(refusal_of(folder, Hold::shared), HasSubstr("`bingefriend features`"));
}

TEST(DataLock, ends_with_its_process_and_clears_up_after_it) {
    const TestFolder folder;
    const pid_t child = ::fork();
    if (child == 0) {
        const DataLock lock(folder / "data", Hold::exclusive, "download", noon);
        std::filesystem::create_directory(folder / "data/.download");
        std::ofstream(folder / "data/.shows_metadata.csv.123-1.part") << "half";
        ::_exit(0);  // as a kill
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    std::ofstream(folder / "data/kept") << "of somebody else";
    EXPECT_EQ(refusal_of(folder, Hold::exclusive), "");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder / "data"), {}), 1);
}

TEST(DataLock, does_without_a_folder_that_cannot_be_made) {
    const TestFolder folder;
    std::ofstream(folder / "data") << "in the way";
    EXPECT_EQ(refusal_of(folder, Hold::exclusive), "");
    EXPECT_EQ(refusal_of(folder, Hold::shared), "");
}

}  // namespace
}  // namespace bingefriend
