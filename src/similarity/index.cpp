#include "similarity/index.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace bingefriend {

GenreSetIndex::GenreSetIndex(const GenreSets& genres) : with_genre(genres.names.size()) {
    std::vector<std::uint32_t> shows(genres.names.size());
    for (const std::int32_t g : genres.column) {
        ++shows[static_cast<std::size_t>(g)];
    }
    std::vector<std::int32_t> by_frequency(shows.size());
    std::iota(by_frequency.begin(), by_frequency.end(), 0);
    std::stable_sort(by_frequency.begin(), by_frequency.end(), [&](std::int32_t a, std::int32_t b) {
        return shows[static_cast<std::size_t>(a)] > shows[static_cast<std::size_t>(b)];
    });
    std::vector<std::int32_t> rank(shows.size());
    for (std::size_t i = 0; i < by_frequency.size(); ++i) {
        rank[static_cast<std::size_t>(by_frequency[i])] = static_cast<std::int32_t>(i);
    }

    // A set's key is the ranks of its genres, the commonest first; keys are ordered like words.
    std::map<std::vector<std::int32_t>, std::uint32_t> numbers;
    std::vector<decltype(numbers)::iterator> entry_of;
    entry_of.reserve(genres.rows());
    std::vector<std::int32_t> key;
    for (std::size_t row = 0; row < genres.rows(); ++row) {
        key.clear();
        for (const std::int32_t g : genres.of(row)) {
            key.push_back(rank[static_cast<std::size_t>(g)]);
        }
        std::sort(key.begin(), key.end());
        entry_of.push_back(numbers.try_emplace(key, 0u).first);
    }
    std::uint32_t next = 0;
    for (auto& [ranks, number] : numbers) {
        number = next++;
        for (const std::int32_t r : ranks) {
            genre.push_back(by_frequency[static_cast<std::size_t>(r)]);
            with_genre[static_cast<std::size_t>(genre.back())].push_back(number);
        }
        std::sort(genre.begin() + static_cast<std::ptrdiff_t>(start.back()), genre.end());
        start.push_back(genre.size());
        squares.push_back(genres.squares(genres_of(number)));
    }
    for (std::size_t g = 0; g < shows.size(); ++g) {
        square.push_back(genres.square(static_cast<std::int32_t>(g)));
    }
    set_of.reserve(genres.rows());
    for (const auto& entry : entry_of) {
        set_of.push_back(entry->second);
    }
}

ClassIndex::ClassIndex(const Features& f, Part p) : features(&f), part(p), function(part_function(p).of) {
    std::map<ClassKey, std::uint32_t> numbers;
    class_of.reserve(f.size());
    for (std::size_t row = 0; row < f.size(); ++row) {
        const ShowFeatures show = show_features(f, row);
        const auto [at, is_new] =
            numbers.try_emplace(part_function(p).class_key(show), static_cast<std::uint32_t>(classes.size()));
        if (is_new) {
            classes.push_back(show);
        }
        class_of.push_back(at->second);
    }
}

InvertedIndex::InvertedIndex(const TextMatrix& text, std::size_t terms) : start(terms + 1) {
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
