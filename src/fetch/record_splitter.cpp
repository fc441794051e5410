#include "fetch/record_splitter.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <utility>

#include "domain/show.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t chunk = std::size_t{1} << 17;
constexpr std::string_view blanks = " \t\r\n";

// Follows JSON byte by byte, as far as finding the end of a value needs it.
class ValueEnd {
  public:
    // True where `c` is the last byte of an object or array that began at depth 0, or the byte
    // behind a bare value.
    bool ends_at(char c) {
        if (in_string_) {
            if (escaped_) {
                escaped_ = false;
            } else if (c == '\\') {
                escaped_ = true;
            } else {
                in_string_ = c != '"';
            }
            return false;
        }
        switch (c) {
            case '"':
                in_string_ = true;
                return false;
            case '{':
            case '[':
                ++depth_;
                return false;
            case '}':
            case ']':
                if (depth_ == 0) {
                    bare_ = true;
                    return true;
                }
                return --depth_ == 0;
            default:
                bare_ = depth_ == 0 && (c == ',' || blanks.find(c) != std::string_view::npos);
                return bare_;
        }
    }

    // Whether the byte at which the value ended belongs to it.
    [[nodiscard]] bool last_byte_is_its_own() const noexcept { return !bare_; }

  private:
    std::size_t depth_ = 0;
    bool in_string_ = false;
    bool escaped_ = false;
    bool bare_ = false;
};

}  // namespace

RecordSplitter::RecordSplitter(ByteSource source) : source_(std::move(source)) {
    buffer_.reserve(2 * chunk + simdjson::SIMDJSON_PADDING);
}

bool RecordSplitter::refill() {
    if (source_ended_) {
        return false;
    }
    buffer_.erase(0, std::exchange(begin_, 0));
    const std::size_t size = buffer_.size();
    buffer_.reserve(size + chunk + simdjson::SIMDJSON_PADDING);
    buffer_.resize(size + chunk);
    const std::size_t got = source_(std::span(buffer_).subspan(size));
    buffer_.resize(size + got);
    source_ended_ = got == 0;
    return got != 0;
}

void RecordSplitter::find_form() {
    while (buffer_.size() < 3 && refill()) {
    }
    if (std::string_view(buffer_).starts_with("\xef\xbb\xbf")) {
        begin_ = 3;
    }
    std::size_t at = buffer_.find_first_not_of(blanks, begin_);
    while (at == std::string::npos && refill()) {
        at = buffer_.find_first_not_of(blanks, begin_);
    }
    form_ = Form::lines;  // blank lines before the first record count as lines
    if (at != std::string::npos && buffer_[at] == '[') {
        form_ = Form::array;
        begin_ = at + 1;
    }
}

std::optional<RecordText> RecordSplitter::next() {
    if (form_ == Form::unknown) {
        find_form();
    }
    if (finished_) {
        return {};
    }
    std::optional<RecordText> found = form_ == Form::array ? next_element() : next_line();
    finished_ = !found;
    return found;
}

std::optional<RecordText> RecordSplitter::record(std::size_t length, bool too_long) {
    RecordText text;
    too_long = too_long || length > ShowLimits::record_bytes;
    if (!too_long) {
        text.json = std::string_view(buffer_).substr(begin_, length);
        text.capacity = buffer_.capacity() - begin_;
    }
    text.position = fmt::format("{} {}", form_ == Form::array ? "record" : "line", number_);
    text.too_long = too_long;
    begin_ += length;
    return text;
}

// Bytes of a record past the limit are dropped as they come.
void RecordSplitter::forget_if_too_long(std::size_t& scanned, bool& too_long) {
    if (scanned > ShowLimits::record_bytes) {
        too_long = true;
        begin_ += std::exchange(scanned, 0);
    }
}

std::optional<RecordText> RecordSplitter::next_line() {
    for (;;) {
        ++number_;
        bool too_long = false;
        std::size_t scanned = 0;
        std::size_t newline = buffer_.find('\n', begin_);
        while (newline == std::string::npos) {
            scanned = buffer_.size() - begin_;
            forget_if_too_long(scanned, too_long);
            if (!refill()) {
                break;
            }
            newline = buffer_.find('\n', begin_ + scanned);
        }
        const bool last = newline == std::string::npos;
        const std::size_t length = (last ? buffer_.size() : newline) - begin_;
        const bool blank = buffer_.find_first_not_of(blanks, begin_) >= begin_ + length;
        if (!blank || too_long) {
            std::optional<RecordText> found = record(length, too_long);
            begin_ += last ? 0 : 1;
            return found;
        }
        if (last) {
            return {};
        }
        begin_ = newline + 1;
    }
}

std::optional<RecordText> RecordSplitter::next_element() {
    std::size_t at = 0;
    while ((at = buffer_.find_first_not_of(" \t\r\n,", begin_)) == std::string::npos) {
        begin_ = buffer_.size();
        if (!refill()) {
            end_ = End::array_not_closed;
            return {};
        }
    }
    begin_ = at;
    if (buffer_[at] == ']') {
        begin_ = at + 1;
        while (buffer_.find_first_not_of(blanks, begin_) == std::string::npos) {
            begin_ = buffer_.size();
            if (!refill()) {
                return {};
            }
        }
        end_ = End::text_after_array;
        return {};
    }

    ++number_;
    ValueEnd value;
    bool too_long = false;
    for (std::size_t scanned = 0;; ++scanned) {
        if (begin_ + scanned == buffer_.size()) {
            forget_if_too_long(scanned, too_long);
            if (!refill()) {
                end_ = End::within_record;
                return {};
            }
        }
        if (value.ends_at(buffer_[begin_ + scanned])) {
            const bool stray = scanned == 0 && !too_long;  // a } that closes nothing
            return record(scanned + (stray || value.last_byte_is_its_own() ? 1 : 0), too_long);
        }
    }
}

}  // namespace bingefriend
