// Follows the states of the HTML tokeniser (https://html.spec.whatwg.org, 13.2.5) as far as finding the end
// of a tag or comment needs it.
#include "features/plain_tags.hpp"

#include <algorithm>
#include <array>

namespace bingefriend {
namespace {

constexpr std::string_view spaces = " \t\n\f\r";
constexpr std::string_view name_ends = " \t\n\f\r/>";

// Shows nothing of its own; `object` shows what is in it only where the object cannot be had.
constexpr std::array<std::string_view, 9> unseen{"script",   "style",   "template", "iframe", "object",
                                                 "noscript", "noembed", "noframes", "title"};

bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool is_same_name(std::string_view tag, std::string_view name) {
    return std::equal(tag.begin(), tag.end(), name.begin(), name.end(),
                      [](char a, char b) { return (a | 0x20) == b; });
}

class PlainTags {
  public:
    explicit PlainTags(std::string_view html) : html_(html) { plain_.reserve(html.size()); }

    std::string take() && {
        while (at_ < html_.size()) {
            const std::size_t tag = std::min(html_.find('<', at_), html_.size());
            plain_.append(html_, at_, tag - at_);
            at_ = tag;
            if (at_ < html_.size()) {
                read_markup();
            }
        }
        return std::move(plain_);
    }

  private:
    [[nodiscard]] char byte(std::size_t at) const { return at < html_.size() ? html_[at] : '\0'; }

    // Behind the first `end` from `from` on.
    void skip_behind(std::string_view end, std::size_t from) {
        const std::size_t found = html_.find(end, from);
        at_ = found == std::string_view::npos ? html_.size() : found + end.size();
    }

    void read_markup() {
        const char next = byte(at_ + 1);
        if (is_letter(next)) {
            read_tag(at_ + 1);
        } else if (next == '/' && is_letter(byte(at_ + 2))) {
            read_tag(at_ + 2);
        } else if (html_.substr(at_).starts_with("<!--")) {
            skip_comment();
        } else if (next == '!' || next == '?' || (next == '/' && at_ + 2 < html_.size())) {
            skip_behind(">", at_ + 2);
        } else {
            plain_ += html_[at_++];
        }
    }

    // <!--> and <!---> end where they begin.
    void skip_comment() {
        const std::string_view rest = html_.substr(at_ + 4);
        if (rest.starts_with('>') || rest.starts_with("->")) {
            skip_behind(">", at_ + 4);
            return;
        }
        for (std::size_t dashes = html_.find("--", at_ + 4); dashes != std::string_view::npos;
             dashes = html_.find("--", dashes + 1)) {
            const std::string_view end = html_.substr(dashes + 2);
            if (end.starts_with('>') || end.starts_with("!>")) {
                skip_behind(">", dashes + 2);
                return;
            }
        }
        at_ = html_.size();
    }

    void read_tag(std::size_t name_at) {
        const std::size_t name_end = std::min(html_.find_first_of(name_ends, name_at), html_.size());
        const std::string_view start = html_.substr(at_, name_end - at_);
        const std::string_view name = html_.substr(name_at, name_end - name_at);
        const bool opens = name_at == at_ + 1;
        at_ = name_end;
        skip_attributes();
        if (at_ == html_.size()) {  // it does not end, and counts as nothing
            return;
        }
        const bool is_unseen = std::any_of(unseen.begin(), unseen.end(), [&](std::string_view element) {
            return is_same_name(name, element);
        });
        ++at_;
        if (is_unseen) {
            if (opens) {
                skip_element(name);
            }
            return;
        }
        plain_ += start;
        plain_ += '>';
    }

    // Up to the > of the tag.
    void skip_attributes() {
        while (at_ < html_.size() && html_[at_] != '>') {
            if (spaces.find(html_[at_]) != std::string_view::npos || html_[at_] == '/') {
                ++at_;
                continue;
            }
            ++at_;  // a name may begin with =
            at_ = std::min(html_.find_first_of(" \t\n\f\r/>=", at_), html_.size());
            const std::size_t value = html_.find_first_not_of(spaces, at_);
            if (byte(std::min(value, html_.size())) == '=') {
                at_ = std::min(html_.find_first_not_of(spaces, value + 1), html_.size());
                skip_value();
            }
        }
    }

    void skip_value() {
        const char quote = byte(at_);
        if (quote == '"' || quote == '\'') {
            skip_behind(std::string_view(&quote, 1), at_ + 1);
        } else {
            at_ = std::min(html_.find_first_of(" \t\n\f\r>", at_), html_.size());
        }
    }

    // Behind the closing tag; at the end where there is none.
    void skip_element(std::string_view name) {
        for (;;) {
            skip_behind("</", at_);
            if (at_ == html_.size()) {
                return;
            }
            const std::size_t end = std::min(at_ + name.size(), html_.size());
            const bool is_end = name_ends.find(byte(end)) != std::string_view::npos;
            if (is_end && is_same(html_.substr(at_, end - at_), name)) {
                at_ = end;
                skip_attributes();
                at_ += at_ < html_.size() ? 1 : 0;
                return;
            }
        }
    }

    static bool is_same(std::string_view a, std::string_view b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                          [](char x, char y) { return (x | 0x20) == (y | 0x20); });
    }

    std::string_view html_;
    std::size_t at_ = 0;
    std::string plain_;
};

}  // namespace

std::string with_plain_tags(std::string_view html) {
    return PlainTags(html).take();
}

}  // namespace bingefriend
