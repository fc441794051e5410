// One JSON object in TVMaze's format -> a show, or the reason why it is rejected.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "records/raw_show.hpp"

namespace bingefriend {

// Reuses its buffers.  One thread at a time.
class ShowJsonReader {
  public:
    ShowJsonReader();
    ShowJsonReader(const ShowJsonReader&) = delete;
    ShowJsonReader& operator=(const ShowJsonReader&) = delete;
    ~ShowJsonReader();

    // REQUIRES: simdjson's padding follows `json`; `capacity` includes it.
    // For an episode or a search result, returns the show in it (`_embedded.show` or `show`).
    [[nodiscard]] std::variant<NormalisedShow, Unreadable> read(std::string_view json, std::size_t capacity);

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace bingefriend
