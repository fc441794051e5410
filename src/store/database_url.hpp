// DATABASE_URL in SQLAlchemy's spelling.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace bingefriend {

// sqlite:///relative/path and sqlite:////absolute/path (percent-escapes decoded).
struct DatabaseUrl {
    std::filesystem::path path;

    // Throws Error{usage} for any other form; no message holds a password.
    [[nodiscard]] static DatabaseUrl parse(std::string_view url);

    // How messages name the database; without secrets.
    [[nodiscard]] std::string display() const;
};

}  // namespace bingefriend
