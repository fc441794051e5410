// Summaries are HTML: reads them with an HTML5 parser and keeps the text.
#include <gumbo.h>
#include <unicode/uchar.h>

#include <memory>

#include "base/code_points.hpp"
#include "features/features.hpp"
#include "features/plain_tags.hpp"

namespace bingefriend {
namespace {

// The parser's tree is as deep as tags are open and is freed recursively, so a summary of nothing
// but opening tags is parsed in pieces of so many.
constexpr std::size_t tags_a_piece = 200;

bool separates_words(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_P:
        case GUMBO_TAG_BR:
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_LI:
        case GUMBO_TAG_UL:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_TR:
        case GUMBO_TAG_TD:
        case GUMBO_TAG_H1:
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
        case GUMBO_TAG_H4:
        case GUMBO_TAG_H5:
        case GUMBO_TAG_H6:
            return true;
        default:
            return false;
    }
}

void append_text(const GumboNode& node, std::string& text) {
    switch (node.type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_WHITESPACE:
        case GUMBO_NODE_CDATA:
            text += node.v.text.text;
            return;
        case GUMBO_NODE_ELEMENT:
        case GUMBO_NODE_TEMPLATE:
            break;
        default:
            return;
    }
    const bool separator = separates_words(node.v.element.tag);
    if (separator) {
        text += ' ';
    }
    for (unsigned i = 0; i < node.v.element.children.length; ++i) {
        append_text(*static_cast<const GumboNode*>(node.v.element.children.data[i]), text);
    }
    if (separator) {
        text += ' ';
    }
}

void append_parsed(std::string_view html, std::string& text) {
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_DIV;
    options.max_errors = 0;
    const auto free_tree = [&options](GumboOutput* tree) { gumbo_destroy_output(&options, tree); };
    const std::unique_ptr<GumboOutput, decltype(free_tree)> tree(
        gumbo_parse_with_options(&options, html.data(), html.size()), free_tree);
    append_text(*tree->root, text);
}

// The byte after the first `tags_a_piece` tags, or the end.
std::size_t piece_length(std::string_view html) {
    std::size_t at = 0;
    for (std::size_t tags = 0; tags <= tags_a_piece; ++tags) {
        at = html.find('<', tags == 0 ? 0 : at + 1);
        if (at == std::string_view::npos) {
            return html.size();
        }
    }
    return at;
}

// White_Space of Unicode and the four separators of ASCII that are not in it.
bool is_space(UChar32 c) {
    return u_isUWhiteSpace(c) != 0 || (c >= 0x1c && c <= 0x1f);
}

std::string folded_white_space(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    bool pending = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const UChar32 c = next_code_point(text, at);
        if (is_space(c)) {
            pending = true;
            continue;
        }
        if (pending && !folded.empty()) {
            folded += ' ';
        }
        pending = false;
        folded.append(text.substr(start, at - start));
    }
    return folded;
}

}  // namespace

std::string summary_text(std::string_view html) {
    if (html.find_first_of("<&") == std::string_view::npos) {
        return folded_white_space(html);
    }
    const std::string plain = with_plain_tags(html);
    std::string text;
    text.reserve(plain.size());
    html = plain;
    while (!html.empty()) {
        const std::size_t length = piece_length(html);
        append_parsed(html.substr(0, length), text);
        html.remove_prefix(length);
    }
    return folded_white_space(text);
}

}  // namespace bingefriend
