// A stream of JSON -> its records, one at a time: the lines of NDJSON, or the elements of one array.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "artifacts/shows_csv.hpp"

namespace bingefriend {

struct RecordText {
    // The record, with simdjson's padding behind it; valid until the next one.  Empty where too_long.
    std::string_view json;
    std::size_t capacity = 0;  // bytes that may be read from json.data() on
    std::string position;      // "line 17", "record 3"
    bool too_long = false;     // past ShowLimits::record_bytes, skipped without being held
};

class RecordSplitter {
  public:
    explicit RecordSplitter(ByteSource source);

    // The next record; none at the end.  Blank lines are no records.
    [[nodiscard]] std::optional<RecordText> next();

    // How the stream ended; to be asked after the last record.
    enum class End { whole, array_not_closed, within_record, text_after_array };
    [[nodiscard]] End end() const noexcept { return end_; }

  private:
    enum class Form { unknown, lines, array };

    bool refill();
    void find_form();
    std::optional<RecordText> next_line();
    std::optional<RecordText> next_element();
    std::optional<RecordText> record(std::size_t length, bool too_long);
    void forget_if_too_long(std::size_t& scanned, bool& too_long);

    ByteSource source_;
    std::string buffer_;
    std::size_t begin_ = 0;  // of what is not yet given out
    bool source_ended_ = false;
    Form form_ = Form::unknown;
    std::size_t number_ = 0;  // of the line or record
    End end_ = End::whole;
    bool finished_ = false;
};

}  // namespace bingefriend
