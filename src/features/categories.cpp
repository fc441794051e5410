#include "features/categories.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "domain/text_weights.hpp"

namespace bingefriend {
namespace {

using Columns = std::unordered_map<std::string_view, std::int32_t>;

Columns column_by_name(const std::vector<std::string>& names) {
    Columns columns;
    for (const std::string& name : names) {
        columns.emplace(name, static_cast<std::int32_t>(columns.size()));
    }
    return columns;
}

// The column of each value, or `absent`.
std::vector<std::int32_t> columns_of(const std::vector<std::string_view>& values, const Columns& columns,
                                     std::int32_t absent) {
    std::vector<std::int32_t> result;
    result.reserve(values.size());
    for (const std::string_view value : values) {
        const auto at = columns.find(value);
        result.push_back(value.empty() || at == columns.end() ? absent : at->second);
    }
    return result;
}

}  // namespace

Categories all_categories(const std::vector<std::string_view>& values) {
    std::set<std::string_view> distinct(values.begin(), values.end());
    distinct.erase("");
    Categories categories{{distinct.begin(), distinct.end()}, {}};
    categories.column = columns_of(values, column_by_name(categories.names), Categories::none);
    return categories;
}

Categories top_categories(const std::vector<std::string_view>& values, std::size_t top) {
    std::map<std::string_view, std::int64_t> counts;
    for (const std::string_view value : values) {
        if (!value.empty()) {
            ++counts[value];
        }
    }
    std::vector<std::pair<std::int64_t, std::string_view>> ranking;  // the negated count first
    for (const auto& [value, count] : counts) {
        ranking.emplace_back(-count, value);
    }
    std::sort(ranking.begin(), ranking.end());
    ranking.resize(std::min(ranking.size(), top));

    Categories categories;
    for (const auto& [count, value] : ranking) {
        categories.names.emplace_back(value);
    }
    const auto other = static_cast<std::int32_t>(categories.names.size());
    categories.column = columns_of(values, column_by_name(categories.names), other);
    categories.names.emplace_back("other");
    return categories;
}

GenreSets genre_sets(const Catalogue& catalogue, bool idf) {
    std::set<std::string_view> distinct;
    for (const Show& show : catalogue.shows) {
        distinct.insert(show.genres.begin(), show.genres.end());
    }
    GenreSets sets;
    sets.names.assign(distinct.begin(), distinct.end());
    const Columns columns = column_by_name(sets.names);
    for (const Show& show : catalogue.shows) {
        std::set<std::int32_t> row;
        for (const std::string& genre : show.genres) {
            row.insert(columns.at(genre));
        }
        sets.column.insert(sets.column.end(), row.begin(), row.end());
        sets.row_start.push_back(static_cast<std::int64_t>(sets.column.size()));
    }
    if (idf) {
        set_idf(sets);
    }
    return sets;
}

}  // namespace bingefriend
