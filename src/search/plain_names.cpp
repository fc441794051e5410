#include "search/plain_names.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "base/text.hpp"

namespace bingefriend {
namespace {

constexpr char end_of_name = '\xff';  // in no UTF-8

char lower_ascii(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// In linear time, whatever the texts are, unlike std::string::find.
std::size_t found_in(std::string_view text, std::string_view wanted, std::size_t from) {
    const void* const at = ::memmem(text.data() + from, text.size() - from, wanted.data(), wanted.size());
    return at == nullptr ? std::string_view::npos
                         : static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
}

}  // namespace

void PlainNames::add(std::string_view name) {
    begin_.push_back(text_.size());
    std::transform(name.begin(), name.end(), std::back_inserter(text_), lower_ascii);
    text_ += end_of_name;
}

std::vector<std::uint32_t> PlainNames::find(std::string_view text, std::size_t limit) const {
    std::string wanted(trimmed(text));
    std::transform(wanted.begin(), wanted.end(), wanted.begin(), lower_ascii);
    if (wanted.empty() || wanted.find(end_of_name) != std::string::npos) {
        return {};
    }
    std::vector<std::uint32_t> same;
    std::vector<std::uint32_t> containing;
    for (std::size_t at = found_in(text_, wanted, 0); at != std::string::npos && same.size() < limit;) {
        const auto next = std::upper_bound(begin_.begin(), begin_.end(), at);
        const auto row = static_cast<std::uint32_t>(next - begin_.begin() - 1);
        if (begin_[row] == at && text_[at + wanted.size()] == end_of_name) {
            same.push_back(row);
        }
        if (containing.size() < limit) {
            containing.push_back(row);
        }
        at = next == begin_.end() ? std::string::npos : found_in(text_, wanted, *next);
    }
    return same.empty() ? containing : same;
}

}  // namespace bingefriend
