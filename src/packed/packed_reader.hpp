// Fields of packed features, read from a Zstandard frame a piece at a time.
#pragma once

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "packed/packed_features.hpp"

namespace bingefriend {

// Throws Error{input}.
[[noreturn]] void throw_invalid_packed(std::string_view why);

// Decompresses the frame.  All functions throw Error{input} if it is invalid.
class FrameReader {
  public:
    explicit FrameReader(const NextPart& next);

    [[nodiscard]] char version() const noexcept { return version_; }

    // Bytes that are still to come, if the frame is valid.
    [[nodiscard]] std::uint64_t left() const noexcept { return left_; }

    // The next piece, valid until the next call; empty after the last.
    [[nodiscard]] std::string_view piece();

    // Throws unless the frame has ended and nothing follows it.
    void end();

  private:
    // Appends the next part.  Returns whether there was one.
    bool more();

    const NextPart& next_;
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
    std::string part_;
    char version_ = 0;
    std::size_t read_ = 0;  // of part_
    std::vector<char> plain_ = std::vector<char>(std::size_t{1} << 17);
    std::uint64_t left_ = 0;
    bool ended_ = false;
};

// Reads the fields in the order in which they were written.  All functions throw Error{input} for a value
// that cannot be right.
class FieldReader {
  public:
    explicit FieldReader(const NextPart& next) : from_(next) {}

    [[nodiscard]] char version() const noexcept { return from_.version(); }
    [[nodiscard]] std::uint64_t left() const noexcept { return rest_.size() + from_.left(); }

    // Items to reserve memory for: n may be wrong.
    [[nodiscard]] static std::size_t room_for(std::uint64_t n) noexcept {
        return static_cast<std::size_t>(std::min<std::uint64_t>(n, std::uint64_t{1} << 24));
    }

    [[nodiscard]] std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 63; shift += 7) {
            const std::uint64_t next = byte();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw_invalid_packed("a number is too large");
    }
    // A count of items that take at least one byte each.
    [[nodiscard]] std::size_t count() {
        const std::uint64_t value = number();
        if (value > left()) {
            throw_invalid_packed("truncated");
        }
        return static_cast<std::size_t>(value);
    }
    [[nodiscard]] double real() {
        if constexpr (std::endian::native == std::endian::little) {
            if (rest_.size() >= sizeof(double)) {
                double value = 0;
                std::memcpy(&value, rest_.data(), sizeof(value));
                rest_.remove_prefix(sizeof(value));
                return value;
            }
        }
        std::uint64_t bits = 0;
        for (unsigned shift = 0; shift < 64; shift += 8) {
            bits |= std::uint64_t{byte()} << shift;
        }
        return std::bit_cast<double>(bits);
    }
    [[nodiscard]] std::string text() {
        std::string text;
        for (std::size_t missing = count(); missing > 0;) {
            require_more();
            const std::string_view now = rest_.substr(0, missing);
            text += now;
            rest_.remove_prefix(now.size());
            missing -= now.size();
        }
        return text;
    }
    [[nodiscard]] std::vector<std::string> names() {
        std::vector<std::string> names;
        for (std::size_t n = count(); n > 0; --n) {
            names.push_back(text());
        }
        if (names.size() > 0x7fff'ffff) {
            throw_invalid_packed("too many names");
        }
        return names;
    }
    // Appends the columns of a row, all below `end`.
    void ascending(std::size_t end, std::vector<std::int32_t>& columns) {
        const std::size_t size = count();
        std::uint64_t column = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::uint64_t step = number();
            if (step >= end || column + step >= end || (i > 0 && step == 0)) {
                throw_invalid_packed("a column is out of range");
            }
            columns.push_back(static_cast<std::int32_t>(column += step));
        }
    }
    [[nodiscard]] Categories categories(std::size_t rows) {
        Categories categories{names(), {}};
        categories.column.reserve(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            const std::uint64_t column = number();
            if (column > categories.names.size()) {
                throw_invalid_packed("a column is out of range");
            }
            categories.column.push_back(static_cast<std::int32_t>(column) - 1);
        }
        return categories;
    }
    void end() {
        if (!rest_.empty()) {
            throw_invalid_packed("unexpected bytes after their end");
        }
        from_.end();
    }

  private:
    void require_more() {
        if (rest_.empty()) {
            rest_ = from_.piece();
            if (rest_.empty()) {
                throw_invalid_packed("truncated");
            }
        }
    }
    std::uint8_t byte() {
        require_more();
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }

    FrameReader from_;
    std::string_view rest_;
};

}  // namespace bingefriend
