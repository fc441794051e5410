#include "kernel/scan_index.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace bingefriend {

FixedRows::FixedRows(const TextMatrix& text, const Profiles& profiles) {
    start.reserve(profiles.size() + 1);
    for (std::size_t profile = 0; profile < profiles.size(); ++profile) {
        const std::uint32_t row = profiles.rows_of(profile).front();
        const std::span<const std::int32_t> columns = text.columns_of(row);
        column.insert(column.end(), columns.begin(), columns.end());
        for (const double value : text.values_of(row)) {
            exact_weight.push_back(value);
            weight.push_back(fixed_weight(value));
            least_weight = std::min<int>(least_weight, weight.back());
        }
        start.push_back(column.size());
    }
}

FixedIndex::FixedIndex(const FixedRows& rows, std::size_t profiles, std::size_t terms) : frequency(terms) {
    const std::size_t count = (profiles + segment_size - 1) / segment_size;
    start.resize(count * terms + 1);
    const auto list_of = [&](std::size_t profile, std::uint32_t column) {
        return profile / segment_size * terms + column;
    };
    const auto for_each_term = [&](auto visit) {
        for (std::size_t profile = 0; profile < profiles; ++profile) {
            for (std::size_t i = rows.start[profile]; i < rows.start[profile + 1]; ++i) {
                visit(profile, rows.column[i], rows.weight[i]);
            }
        }
    };
    for_each_term([&](std::size_t profile, std::uint32_t column, Units) {
        ++start[list_of(profile, column) + 1];
        ++frequency[column];
    });
    std::for_each(start.begin() + 1, start.end(), [](std::size_t& length) { ++length; });
    std::partial_sum(start.begin(), start.end(), start.begin());
    postings.resize(start.back(), closing);
    std::vector<std::size_t> next(start.begin(), start.end() - 1);
    for_each_term([&](std::size_t profile, std::uint32_t column, Units weight) {
        postings[next[list_of(profile, column)]++] = {static_cast<std::uint16_t>(profile % segment_size),
                                                      weight};
    });
}

ClassUnits::ClassUnits(const ClassIndex& index, double weight) : index_(&index), weight_(weight) {
    constexpr std::size_t most_classes = 1'024;
    if (index.size() > most_classes) {
        return;
    }
    std::vector<Units> table;
    table.reserve(index.size() * index.size());
    for (std::uint32_t query = 0; query < index.size(); ++query) {
        for (std::uint32_t other = 0; other < index.size(); ++other) {
            table.push_back(computed(query, other));
        }
    }
    table_ = std::move(table);
}

ScanIndex::ScanIndex(const Features& f, const Weights& w)
    : features(f),
      weights(w),
      profiles(f, w),
      rows(f.text, profiles),
      terms(rows, profiles.size(), f.vocabulary.terms.size()) {
    for (const ClassIndex& index : profiles.classes) {
        class_units.emplace_back(index, w[index.part]);
    }
}

}  // namespace bingefriend
