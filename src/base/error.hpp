// The one exception: what happened to a stage that cannot continue, where, and what to do.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace bingefriend {

enum class ErrorKind {
    usage,        // the command line or the configuration is wrong
    input,        // data that was read is missing, corrupt or invalid
    unavailable,  // a file, server or database cannot be used now; trying again may help
    conflict,     // another process holds what is needed (a lock, a port)
    foreign,      // the database or file belongs to another program or another version
    damaged,      // the database does not hold what was written to it
};

// Thrown if a stage cannot continue; caught in main or in the request handler.
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
