#include "ratings/lists_file.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "bytes/byte_stream.hpp"

namespace bingefriend {
namespace {

class ListLines {
  public:
    explicit ListLines(std::string file) : file_(std::move(file)) {}

    void line(std::string_view text) {
        ++line_;
        if (trimmed(text).empty()) {
            return;
        }
        try {
            read(text);
        } catch (const simdjson::simdjson_error&) {
            refuse(R"(it is not {"id": ID, "top": [[ID, ...], ...]})");
        }
    }

    [[noreturn]] void refuse(const std::string& why) const {
        throw Error(ErrorKind::input, "cannot read the lists", fmt::format("{}, line {}", file_, line_), why);
    }

    // The lists in id order.
    [[nodiscard]] ShowLists take() const {
        std::vector<std::size_t> order(lists_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return lists_.shows[a] < lists_.shows[b]; });
        ShowLists sorted;
        for (const std::size_t at : order) {
            if (!sorted.shows.empty() && sorted.shows.back() == lists_.shows[at]) {
                throw Error(ErrorKind::input, "cannot read the lists", file_,
                            fmt::format("it has two lists of the show {}", to_number(lists_.shows[at])));
            }
            sorted.add(lists_.shows[at], lists_.of(at));
        }
        if (sorted.shows.empty()) {
            throw Error(ErrorKind::input, "cannot read the lists", file_, "it is empty");
        }
        return sorted;
    }

  private:
    void read(std::string_view text) {
        const simdjson::dom::element record = parser_.parse(text.data(), text.size());
        std::vector<ShowId> list;
        for (const simdjson::dom::element entry : record["top"].get_array()) {
            list.push_back(ShowId{std::int64_t{entry.at(0).get_int64()}});
        }
        lists_.add(ShowId{std::int64_t{record["id"].get_int64()}}, list);
    }

    std::string file_;
    std::size_t line_ = 0;
    simdjson::dom::parser parser_;
    ShowLists lists_;  // in the order of the file
};

}  // namespace

ShowLists read_lists(const ByteSource& source, const std::string& name) {
    ListLines lines(name);
    std::string waiting;
    std::vector<char> buffer(1 << 16);
    for (std::size_t got = source(buffer); got > 0; got = source(buffer)) {
        waiting.append(buffer.data(), got);
        std::string_view rest = waiting;
        for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
            lines.line(rest.substr(0, end));
            rest.remove_prefix(end + 1);
        }
        waiting.erase(0, waiting.size() - rest.size());
        if (waiting.size() > max_list_line_bytes) {
            lines.refuse(fmt::format("the next line has more than {} bytes", max_list_line_bytes));
        }
    }
    lines.line(waiting);
    return lines.take();
}

ShowLists read_lists(const std::filesystem::path& path) {
    ByteStream stream = ByteStream::of_file(path, "lists");
    const ByteSource source = [&](std::span<char> buffer) {
        const std::size_t got = stream.read(buffer);
        if (!stream.fault().empty()) {
            throw Error(ErrorKind::input, "cannot read the lists", path.string(), stream.fault());
        }
        return got;
    };
    return read_lists(source, path.string());
}

}  // namespace bingefriend
