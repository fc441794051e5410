// A table that people like to read in a terminal.
#pragma once

#include <string>
#include <vector>

namespace bingefriend {

enum class Align { left, right };

class Table {
  public:
    Table(std::vector<std::string> header, std::vector<Align> alignment);

    // REQUIRES: as many cells as the header.
    void add(std::vector<std::string> cells);

    // Columns as wide as their widest cell on a terminal, two spaces between them; long cells are cut.
    [[nodiscard]] std::string text() const;

  private:
    std::vector<Align> alignment_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace bingefriend
