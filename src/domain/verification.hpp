// What a look through a whole generation found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bingefriend {

struct Verification {
    enum class Result {
        whole,
        damaged,
        unchecked,  // written before there were checksums
        gone,       // not in the database, or deleted meanwhile
        stopped,    // by the caller
    };
    static constexpr std::size_t max_faults = 20;

    Result result = Result::unchecked;
    std::int64_t generation = 0;
    std::int64_t shows = 0;  // that were read, as the following
    std::int64_t recommendations = 0;
    std::int64_t words = 0;
    std::int64_t feature_bytes = 0;
    std::vector<std::string> faults;  // in the order they were found, max_faults at most
};

}  // namespace bingefriend
