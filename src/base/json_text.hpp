// Writes JSON directly into a text, for responses under load.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace bingefriend {

// The caller balances begins and ends, and writes a key before each value of an object.
// Texts that are not UTF-8 are written as UTF-8, with U+FFFD for invalid bytes.
class JsonText {
  public:
    // bytes: about as long as the text will be.
    explicit JsonText(std::size_t bytes = 0) : text_(bytes, '\0') {}

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }

    // Names are written as they are.
    void key(std::string_view name) {
        char* const to = separated(name.size() + 3);
        *to = '"';
        std::memcpy(to + 1, name.data(), name.size());
        std::memcpy(to + 1 + name.size(), "\":", 2);
        used_ += name.size() + 3;
        separate_ = false;
    }
    void value(std::string_view text);
    void value(const char* text) { value(std::string_view(text)); }
    void value(std::int64_t number);
    void value(double number);  // the shortest text that reads back the same; 1.0 keeps its point
    void value(bool truth) { literal(truth ? "true" : "false"); }
    void null() { literal("null"); }

    template <typename Value>
    void member(std::string_view name, const Value& of) {
        key(name);
        value(of);
    }
    // An empty text is one that the source does not have.
    void member_or_null(std::string_view name, std::string_view text) {
        key(name);
        text.empty() ? null() : value(text);
    }
    void member_or_null(std::string_view name, std::optional<double> number) {
        key(name);
        number ? value(*number) : null();
    }
    // JSON that was written elsewhere.
    void raw(std::string_view json) { literal(json); }

    [[nodiscard]] std::string take() {
        separate_ = false;
        return take_part();
    }
    // The text so far; more can be written after it.
    [[nodiscard]] std::string take_part() {
        text_.resize(used_);
        used_ = 0;
        return std::exchange(text_, {});
    }
    // Bytes written and not taken.
    [[nodiscard]] std::size_t size() const noexcept { return used_; }

  private:
    void open(char bracket) {
        *separated(1) = bracket;
        ++used_;
        separate_ = false;
    }
    void close(char bracket) {
        *room(1) = bracket;
        ++used_;
        separate_ = true;
    }
    void literal(std::string_view text) {
        text.copy(separated(text.size()), text.size());
        used_ += text.size();
    }

    // Where the next bytes go.
    char* room(std::size_t bytes) {
        if (text_.size() - used_ < bytes) {
            grow(bytes);
        }
        return text_.data() + used_;
    }
    // The same behind a comma, where one belongs here.
    char* separated(std::size_t bytes) {
        char* const to = room(bytes + 1);
        *to = ',';
        const std::size_t comma = separate_ ? 1 : 0;
        used_ += comma;
        separate_ = true;
        return to + comma;
    }
    void grow(std::size_t bytes);

    std::string text_;  // of which the first used_ bytes are written
    std::size_t used_ = 0;
    bool separate_ = false;
};

}  // namespace bingefriend
