// A text that must not be shown: a password, key, token, connection string, or a URL that may hold one.
#pragma once

#include <iosfwd>
#include <string>
#include <utility>

namespace bingefriend {

// Cannot be printed, formatted or converted to a text: only reveal() gives the value.  Call it where the
// value is used (a login, a signature, a request), never on the way to a message, log or report.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}

    [[nodiscard]] const std::string& reveal() const noexcept { return value_; }
    [[nodiscard]] bool empty() const noexcept { return value_.empty(); }

    friend bool operator==(const Secret&, const Secret&) = default;
    friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

  private:
    std::string value_;
};

}  // namespace bingefriend
