// HTML -> the same without what carries no text: attributes, comments, scripts, styles.
#pragma once

#include <string>
#include <string_view>

namespace bingefriend {

// Tags lose their attributes; comments vanish, and the elements that a browser shows nothing of, with what is
// in them: script, style, template, iframe, object, noscript, noembed, noframes, title.  What does not end
// ends with the text, as in browsers.  All else stays to the byte, but for the / of <br/>.
//
// Cost: linear.  The parser that reads the result compares every attribute of a tag with all before it.
[[nodiscard]] std::string with_plain_tags(std::string_view html);

}  // namespace bingefriend
