// Progress and interruption of long work.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>

namespace bingefriend {

// Called from time to time, by one thread at a time, with the units done; total is 0 if unknown.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

inline void no_progress(std::size_t /*done*/, std::size_t /*total*/) {}

// Thrown when work notices that it must stop. Not an Error: nobody retries it or continues without the
// result.
class Interrupted final : public std::exception {
  public:
    [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

}  // namespace bingefriend
