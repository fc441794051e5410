// Finds the show that a text names: its id, "imdb:tt0903747" or "thetvdb:81189".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/show.hpp"

namespace bingefriend {

class ShowKeys {
  public:
    // Knows the shows of these rows. REQUIRES: they are rows of the catalogue. Cost: about 100 bytes per
    // show.
    ShowKeys(const Catalogue& catalogue, std::span<const std::size_t> rows);

    // The row of the show in the catalogue. If several shows have the same key, the first.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view key) const;

  private:
    std::unordered_map<std::int64_t, std::size_t> ids_;
    std::unordered_map<std::string, std::size_t> imdb_;
    std::unordered_map<std::int64_t, std::size_t> thetvdb_;
};

}  // namespace bingefriend
