// Follows the bytes of a JSON value as far as finding its end needs it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace bingefriend {

class ValueScan {
  public:
    explicit ValueScan(std::size_t depth = 0) : depth_(depth) {}

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
                bare_ = depth_ == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n');
                return bare_;
        }
    }

    [[nodiscard]] bool in_string() const noexcept { return in_string_; }
    [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
    // Whether the byte at which the value ended belongs to it.
    [[nodiscard]] bool last_byte_is_its_own() const noexcept { return !bare_; }

  private:
    std::size_t depth_;
    bool in_string_ = false;
    bool escaped_ = false;
    bool bare_ = false;
};

// The same for an object that may hold the list of records: {"shows": [{...}, ...]}.
class ObjectScan {
  public:
    explicit ObjectScan(std::size_t depth = 0) : scan_(depth) {}

    // `at`: the place of `c`, for list().
    bool ends_at(char c, std::size_t at) {
        const bool was_in_string = scan_.in_string();
        const std::size_t depth = scan_.depth();
        const bool ends = scan_.ends_at(c);
        if (was_in_string) {
            follow_string(c);
        } else if (scan_.in_string()) {
            string_ = 0;
            is_name_ = depth == 1 && (last_ == '{' || last_ == ',');
            last_ = c;
        } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            follow_structure(c, at);
        }
        return ends;
    }

    [[nodiscard]] bool in_string() const noexcept { return scan_.in_string(); }

    // Whether an element of an array may begin here.
    [[nodiscard]] bool may_begin_element() const noexcept {
        return arrays_ > 0 && (last_ == '[' || last_ == ',');
    }

    struct List {
        std::size_t at = 0;     // of its [
        std::size_t depth = 0;  // of the object around it
    };
    // The first array of objects that only objects are around; none in an object with an id or a name before
    // it.
    [[nodiscard]] const std::optional<List>& list() const noexcept { return list_; }
    // Whether it is still open.
    [[nodiscard]] bool is_in_list() const noexcept { return list_ && arrays_ > 0 && array_at_ == list_->at; }

  private:
    void follow_string(char c) {
        if (is_name_ && scan_.in_string()) {
            is_id_ = string_ == 0 ? c == 'i' : is_id_ && string_ == 1 && c == 'd';
            is_label_ = string_ < 4 && (string_ == 0 || is_label_) && c == std::string_view("name")[string_];
            ++string_;
        } else if (is_name_) {
            has_id_ = has_id_ || (is_id_ && string_ == 2) || (is_label_ && string_ == 4);
        }
    }

    void follow_structure(char c, std::size_t at) {
        if (c == '{' && last_ == '[' && arrays_ == 1 && !list_ && !has_id_) {
            list_ = List{array_at_, scan_.depth() - 2};
        }
        if (c == '[' && ++arrays_ == 1) {
            array_at_ = at;
        } else if (c == ']' && arrays_ > 0) {
            --arrays_;
        }
        last_ = c;
    }

    ValueScan scan_;
    char last_ = '\0';          // the last byte that is no blank and in no string
    std::size_t arrays_ = 0;    // that are open
    std::size_t array_at_ = 0;  // the outermost of them
    std::size_t string_ = 0;    // bytes of the string so far
    bool is_name_ = false;      // of a member of the object
    bool is_id_ = false;
    bool is_label_ = false;
    bool has_id_ = false;
    std::optional<List> list_;
};

}  // namespace bingefriend
