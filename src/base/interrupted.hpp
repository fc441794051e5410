// How a command ends that was told to stop.
#pragma once

#include <exception>

namespace bingefriend {

// Thrown where work notices that it is to stop.  Not an Error: nobody tries again or does without.
class Interrupted final : public std::exception {
  public:
    [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

}  // namespace bingefriend
