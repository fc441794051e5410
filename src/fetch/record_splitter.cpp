#include "fetch/record_splitter.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "domain/show.hpp"
#include "fetch/value_scan.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t chunk = std::size_t{1} << 17;
constexpr std::size_t max_guess = std::size_t{1} << 20;
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

}  // namespace

RecordSplitter::RecordSplitter(ByteSource source) : source_(std::move(source)) {
    buffer_.reserve(2 * chunk + simdjson::SIMDJSON_PADDING);
}

bool RecordSplitter::refill() {
    if (source_ended_) {
        return false;
    }
    buffer_.erase(0, begin_);
    guessed_to_ -= std::min(guessed_to_, begin_);
    begin_ = 0;
    const std::size_t size = buffer_.size();
    buffer_.reserve(size + chunk + simdjson::SIMDJSON_PADDING);
    buffer_.resize(size + chunk);
    const std::size_t got = source_(std::span(buffer_).subspan(size));
    buffer_.resize(size + got);
    source_ended_ = got == 0;
    return got != 0;
}

void RecordSplitter::consume(std::size_t bytes) {
    const auto from = buffer_.begin() + static_cast<std::ptrdiff_t>(begin_);
    line_ += static_cast<std::size_t>(std::count(from, from + static_cast<std::ptrdiff_t>(bytes), '\n'));
    begin_ += bytes;
}

// Passes blanks and commas; false at the end.
bool RecordSplitter::skip_to_value() {
    do {
        for (; begin_ < buffer_.size(); ++begin_) {
            const char c = buffer_[begin_];
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != ',') {
                return true;
            }
            line_ += c == '\n' ? 1 : 0;
        }
    } while (refill());
    return false;
}

std::optional<RecordText> RecordSplitter::next() {
    while (!finished_) {
        if (!skip_to_value()) {
            finished_ = true;
            end_ = end_ == End::whole && arrays_ > 0 ? End::array_not_closed : end_;
        } else if (buffer_[begin_] == '[') {
            ++arrays_;
            consume(1);
        } else if (buffer_[begin_] == ']' && arrays_ > 0) {
            --arrays_;
            consume(1);
            if (arrays_ == 0 && wrapper_depth_ > 0) {
                skip_rest_of_wrapper();
            }
        } else if (std::optional<RecordText> found = arrays_ > 0 ? next_element() : next_at_top()) {
            return found;
        }
    }
    return {};
}

std::optional<RecordText> RecordSplitter::record(std::size_t length, bool too_long) {
    RecordText text;
    too_long = too_long || length > ShowLimits::record_bytes;
    if (!too_long) {
        text.json = std::string_view(buffer_).substr(begin_, length);
        text.capacity = buffer_.capacity() - begin_;
    }
    text.position = arrays_ > 0 ? fmt::format("record {}", ++record_) : fmt::format("line {}", line_);
    text.too_long = too_long;
    consume(length);
    return text;
}

// Bytes of a record past the limit are dropped as they come.
void RecordSplitter::forget_if_too_long(std::size_t& scanned, bool& too_long) {
    if (scanned > ShowLimits::record_bytes) {
        too_long = true;
        consume(std::exchange(scanned, 0));
    }
}

std::optional<RecordText> RecordSplitter::next_element() {
    ValueScan value;
    bool too_long = false;
    for (std::size_t scanned = 0;; ++scanned) {
        if (begin_ + scanned == buffer_.size()) {
            forget_if_too_long(scanned, too_long);
            if (!refill()) {
                end_ = End::within_record;
                finished_ = true;
                return {};
            }
        }
        if (value.ends_at(buffer_[begin_ + scanned])) {
            const bool stray = scanned == 0 && !too_long;  // a } that closes nothing
            return record(scanned + (stray || value.last_byte_is_its_own() ? 1 : 0), too_long);
        }
    }
}

std::optional<RecordText> RecordSplitter::next_at_top() {
    while (buffer_.size() - begin_ < byte_order_mark.size() && refill()) {
    }
    if (std::string_view(buffer_).substr(begin_).starts_with(byte_order_mark)) {
        begin_ += byte_order_mark.size();
        return {};
    }
    if (buffer_[begin_] != '{') {
        return rest_of_line();
    }
    std::optional<RecordText> line = guessed_line();
    return line ? line : object();
}

// The line from begin_ on, where it ends with }.  Each byte is searched for the end of a line once.
std::optional<RecordText> RecordSplitter::guessed_line() {
    if (begin_ < guessed_to_) {
        return {};
    }
    std::size_t searched = 0;
    std::size_t newline = buffer_.find('\n', begin_);
    while (newline == std::string::npos) {
        searched = buffer_.size() - begin_;
        if (searched > max_guess || !refill()) {
            break;
        }
        newline = buffer_.find('\n', begin_ + searched);
    }
    const std::size_t end = newline == std::string::npos ? buffer_.size() : newline;
    guessed_to_ = end;
    const std::size_t last = buffer_.find_last_not_of(blanks, end - 1);
    const bool is_whole = newline != std::string::npos || source_ended_;
    if (!is_whole || buffer_[last] != '}') {
        return {};
    }
    std::optional<RecordText> found;
    found.emplace();
    found->json = std::string_view(buffer_).substr(begin_, last + 1 - begin_);
    found->capacity = buffer_.capacity() - begin_;
    found->position = fmt::format("line {}", line_);
    found->is_guess = true;
    guess_ = begin_;
    begin_ = last + 1;  // within the line
    return found;
}

void RecordSplitter::read_again() {
    begin_ = guess_;
}

// An object byte by byte.  One that is too long, or does not end, is taken for what is around the list of
// records if it holds one.
std::optional<RecordText> RecordSplitter::object() {
    ObjectScan scan;
    bool too_long = false;
    for (std::size_t scanned = 0;; ++scanned) {
        if (begin_ + scanned == buffer_.size()) {
            const bool is_past_limit = scanned > ShowLimits::record_bytes;
            if (is_past_limit || !refill()) {
                if (!too_long && scan.is_in_list()) {
                    open_list(scan.list()->at, scan.list()->depth);
                    return {};
                }
                forget_if_too_long(scanned, too_long);
                if (!is_past_limit || !refill()) {
                    return record(scanned, too_long);
                }
            }
        }
        const std::size_t at = begin_ + scanned;
        const char c = buffer_[at];
        const bool begins_line = scanned > 0 && buffer_[at - 1] == '\n';
        const bool is_broken =
            scan.in_string() ? c == '\n' : c == '{' && begins_line && !scan.may_begin_element();
        if (is_broken) {
            return record(scanned, too_long);
        }
        if (scan.ends_at(c, scanned)) {
            return record(scanned + 1, too_long);
        }
    }
}

void RecordSplitter::open_list(std::size_t at, std::size_t depth) {
    consume(at + 1);
    arrays_ = 1;
    wrapper_depth_ = depth;
}

void RecordSplitter::skip_rest_of_wrapper() {
    ObjectScan scan(std::exchange(wrapper_depth_, 0));
    for (bool ends = false; !ends; consume(1)) {
        if (at_end()) {
            end_ = End::array_not_closed;
            return;
        }
        ends = scan.ends_at(buffer_[begin_], 0);
    }
    end_ = scan.list() ? End::second_list : end_;
}

std::optional<RecordText> RecordSplitter::rest_of_line() {
    bool too_long = false;
    for (std::size_t scanned = 0;;) {
        const std::size_t newline = buffer_.find('\n', begin_ + scanned);
        if (newline != std::string::npos) {
            return record(newline - begin_, too_long);
        }
        scanned = buffer_.size() - begin_;
        forget_if_too_long(scanned, too_long);
        if (!refill()) {
            return record(scanned, too_long);
        }
    }
}

}  // namespace bingefriend
