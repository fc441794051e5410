// A stream of JSON -> its records, one at a time: the objects one after the other, on lines of their own or
// not, and the elements of arrays, at any depth of nesting.
//
// Cost: linear; memory: one record, up to ShowLimits::record_bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "bytes/byte_source.hpp"

namespace bingefriend {

struct RecordText {
    // The record, followed by simdjson's padding; valid until the next one.  Empty if too_long.
    std::string_view json;
    std::size_t capacity = 0;  // bytes readable from json.data()
    std::string position;      // "line 17", "record 3" of an array
    bool too_long = false;     // more than ShowLimits::record_bytes: skipped
    bool is_guess = false;     // a line from { to }, taken for one object without parsing it
};

class RecordSplitter {
  public:
    explicit RecordSplitter(ByteSource source);

    // The next record; none at the end.  Blank lines are not records.  A broken object ends with its line, or
    // where an object begins in the first column.
    [[nodiscard]] std::optional<RecordText> next();

    // For a wrong guess: next() reads the same bytes again, and parses them.
    // REQUIRES: the last record was a guess.
    void read_again();

    // How the stream ended; valid after the last record.
    enum class End { whole, array_not_closed, within_record, second_list };
    [[nodiscard]] End end() const noexcept { return end_; }

  private:
    bool refill();
    [[nodiscard]] bool at_end() { return begin_ == buffer_.size() && !refill(); }
    bool skip_to_value();
    void consume(std::size_t bytes);
    void open_list(std::size_t at, std::size_t depth);
    void skip_rest_of_wrapper();

    std::optional<RecordText> next_element();
    std::optional<RecordText> next_at_top();
    std::optional<RecordText> guessed_line();
    std::optional<RecordText> object();
    std::optional<RecordText> rest_of_line();
    std::optional<RecordText> record(std::size_t length, bool too_long);
    void forget_if_too_long(std::size_t& scanned, bool& too_long);

    ByteSource source_;
    std::string buffer_;
    std::size_t begin_ = 0;  // of what is not yet given out
    bool source_ended_ = false;

    std::size_t arrays_ = 0;         // open around begin_
    std::size_t wrapper_depth_ = 0;  // of the object that holds the first of them; 0: none does
    std::size_t line_ = 1;           // of begin_
    std::size_t record_ = 0;         // of those within arrays, the last that was given out
    std::size_t guessed_to_ = 0;     // up to here no line is to be guessed again
    std::size_t guess_ = 0;          // where the last guess begins

    End end_ = End::whole;
    bool finished_ = false;
};

}  // namespace bingefriend
