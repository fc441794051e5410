// JSON written straight into text: what an answer under load needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bingefriend {

// The caller keeps begins and ends balanced and gives every value of an object its key.
// Texts that are not UTF-8 leave as UTF-8, with U+FFFD for what cannot be read.
class JsonText {
  public:
    // bytes: about as long as the text will be.
    explicit JsonText(std::size_t bytes = 0) { text_.reserve(bytes); }

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }

    void key(std::string_view name);
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
        return std::move(text_);
    }

  private:
    void open(char bracket) {
        separator();
        text_ += bracket;
        separate_ = false;
    }
    void close(char bracket) {
        text_ += bracket;
        separate_ = true;
    }
    void separator() {
        if (separate_) {
            text_ += ',';
        }
        separate_ = true;
    }
    void literal(std::string_view text) {
        separator();
        text_ += text;
    }

    std::string text_;
    bool separate_ = false;
};

}  // namespace bingefriend
