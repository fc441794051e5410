// The rows of a CSV file (RFC 4180).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/byte_source.hpp"

namespace bingefriend {

// Takes the fields of every row in order, without their quotes; the first row is the header.
class CsvRows {
  public:
    CsvRows() = default;
    CsvRows(const CsvRows&) = delete;
    CsvRows& operator=(const CsvRows&) = delete;
    virtual ~CsvRows() = default;

    virtual void field(std::string_view text) = 0;                          // valid during the call
    virtual void row() = 0;                                                 // the row is complete
    [[nodiscard]] virtual bool finished() const noexcept { return false; }  // reads no more rows
};

struct CsvEnd {
    std::string fault;      // why the reading ended too early, after "row 3 "; empty if it did not
    std::string beginning;  // the first bytes of the file, for messages
};

// Reads until the end, until rows.finished() or until a row that cannot be read. Skips a byte order mark.
// A field longer than max_field_bytes is a fault. Throws what the source and the rows throw.
//
// Memory: one field.
[[nodiscard]] CsvEnd read_csv(const ByteSource& source, CsvRows& rows, std::size_t max_field_bytes);

// Why the columns of a header cannot be read: something else than commas separates them. Empty if commas do.
[[nodiscard]] std::string other_separator(std::string_view header);

// The first of many column names, for a message.
[[nodiscard]] std::string some_names(const std::vector<std::string>& names);

}  // namespace bingefriend
