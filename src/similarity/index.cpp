#include "similarity/index.hpp"

#include <map>
#include <numeric>

namespace bingefriend {

GenreSetIndex::GenreSetIndex(const GenreSets& genres) : with_genre(genres.names.size()) {
    std::map<std::vector<std::int32_t>, std::uint32_t> numbers;
    set_of.reserve(genres.rows());
    for (std::size_t row = 0; row < genres.rows(); ++row) {
        const std::span<const std::int32_t> set = genres.of(row);
        const auto [at, is_new] = numbers.try_emplace(std::vector(set.begin(), set.end()),
                                                      static_cast<std::uint32_t>(numbers.size()));
        if (is_new) {
            genre.insert(genre.end(), set.begin(), set.end());
            start.push_back(genre.size());
            for (const std::int32_t g : set) {
                with_genre[static_cast<std::size_t>(g)].push_back(at->second);
            }
        }
        set_of.push_back(at->second);
    }
}

MetadataIndex::MetadataIndex(const Features& features) {
    std::map<Class, std::uint32_t> numbers;
    class_of.reserve(features.size());
    for (std::size_t row = 0; row < features.size(); ++row) {
        const Class c{features.platform.column[row], features.type.column[row],
                      features.language.column[row]};
        const auto [at, is_new] = numbers.try_emplace(c, static_cast<std::uint32_t>(classes.size()));
        if (is_new) {
            classes.push_back(c);
        }
        class_of.push_back(at->second);
    }
}

double metadata_similarity(const MetadataIndex::Class& a, const MetadataIndex::Class& b) noexcept {
    const int shared = int{a.platform == b.platform} + int{a.type == b.type && a.type != Categories::none} +
                       int{a.language == b.language};
    return shared / 3.0;
}

InvertedLists::InvertedLists(const TextMatrix& text, std::size_t terms) : start(terms + 1) {
    for (const std::int32_t term : text.column) {
        ++start[static_cast<std::size_t>(term) + 1];
    }
    std::partial_sum(start.begin(), start.end(), start.begin());
    postings.resize(text.column.size());
    std::vector<std::size_t> next(start.begin(), start.end() - 1);
    for (std::size_t row = 0; row < text.rows(); ++row) {
        const std::span<const std::int32_t> columns = text.columns_of(row);
        const std::span<const double> values = text.values_of(row);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            postings[next[static_cast<std::size_t>(columns[i])]++] = {static_cast<std::uint32_t>(row),
                                                                      values[i]};
        }
    }
}

}  // namespace bingefriend
