#include "store/part_columns.hpp"

#include <algorithm>

#include "domain/parts.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view word_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";

// The pattern for each part, with commas between: before + name + after, or a `?`.
void append_columns(std::string& sql, std::string_view before, std::string_view after) {
    for (const PartDefinition& d : all_parts) {
        sql += d.part == all_parts.front().part ? "" : ", ";
        if (after == "?") {
            sql += '?';
        } else {
            sql.append(before).append(d.name).append(after);
        }
    }
}

}  // namespace

std::string with_part_columns(std::string_view sql) {
    std::string expanded;
    for (std::size_t at = sql.find('@'); at != std::string_view::npos; at = sql.find('@')) {
        const std::size_t begin = sql.substr(0, at).find_last_not_of(word_characters) + 1;
        const std::size_t end = sql[at + 1] == '?'
                                    ? at + 2
                                    : std::min(sql.find_first_not_of(word_characters, at + 1), sql.size());
        expanded += sql.substr(0, begin);
        append_columns(expanded, sql.substr(begin, at - begin), sql.substr(at + 1, end - at - 1));
        sql.remove_prefix(end);
    }
    return expanded.append(sql);
}

}  // namespace bingefriend
