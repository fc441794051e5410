// One JSON object in the TVMaze shape -> a show, or why it cannot be one.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "records/raw_show.hpp"

namespace bingefriend {

// Keeps its buffers between records; used by one thread at a time.
class ShowJsonReader {
  public:
    ShowJsonReader();
    ShowJsonReader(const ShowJsonReader&) = delete;
    ShowJsonReader& operator=(const ShowJsonReader&) = delete;
    ~ShowJsonReader();

    // REQUIRES: simdjson's padding may be read behind `json`; `capacity` counts it in.
    // An episode or a search result that holds its show (`_embedded.show` or `show`) gives that show.
    [[nodiscard]] std::variant<NormalisedShow, Unreadable> read(std::string_view json, std::size_t capacity);

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace bingefriend
