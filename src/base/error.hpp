// The one exception: a stage that cannot go on says what, where and what to do.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace bingefriend {

enum class ErrorKind {
    usage,        // the command line or the configuration is wrong
    input,        // data that was read is missing, damaged or not what it should be
    unavailable,  // a file, server or database cannot be used now; trying again may help
    conflict,     // somebody else holds what is needed (a lock, a port)
    foreign,      // the database or file belongs to another program or another version
    damaged,      // the database does not hold what was written to it
};

// Thrown where a stage cannot go on; ends in main or in the request handler.
// what() is one line, "WHAT: WHERE: REMEDY" without empty parts; URLs in WHERE are shown without secrets.
class Error : public std::runtime_error {
  public:
    Error(ErrorKind kind, std::string_view what, std::string_view where = {}, std::string_view remedy = {});

    [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }

  private:
    ErrorKind kind_;
};

// 2 where the command line or the configuration is wrong, else 1.
[[nodiscard]] int exit_code(ErrorKind kind) noexcept;

}  // namespace bingefriend
