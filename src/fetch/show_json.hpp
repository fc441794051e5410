// One JSON object in the TVMaze shape -> a show, or why it cannot be one.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "domain/show.hpp"

namespace bingefriend {

struct Unreadable {
    std::string reason;  // few and countable: "no name", "genres: an array was expected"
};

// Keeps its buffers between records; used by one thread at a time.
class ShowJsonReader {
  public:
    ShowJsonReader();
    ShowJsonReader(const ShowJsonReader&) = delete;
    ShowJsonReader& operator=(const ShowJsonReader&) = delete;
    ~ShowJsonReader();

    // REQUIRES: simdjson's padding may be read behind `json`; `capacity` counts it in.
    // An episode of a schedule that holds its show (`_embedded.show` or `show`) gives that show.
    [[nodiscard]] std::variant<Show, Unreadable> read(std::string_view json, std::size_t capacity);

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace bingefriend
