// The names of a generation that was published without the words of its names: searched as texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

// Row r is the r-th name added.  Case is folded for ASCII alone, as the databases that such generations come
// from do.
class PlainNames {
  public:
    void add(std::string_view name);

    // The rows of the names that are the text (without white space around it), else of those that contain it;
    // ascending, at most `limit`.  Cost: one pass over the names, about 1 ms for 85,000.
    [[nodiscard]] std::vector<std::uint32_t> find(std::string_view text, std::size_t limit) const;

  private:
    std::string text_;                // each name in lower case, behind it a byte that no text has
    std::vector<std::size_t> begin_;  // of each name in the text
};

}  // namespace bingefriend
