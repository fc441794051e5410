#include "packed/packed_features.hpp"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "domain/text_weights.hpp"
#include "recipes/recipes.hpp"

namespace bingefriend {
namespace {

class Writer {
  public:
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) {
            bytes_ += static_cast<char>(value | 0x80);
        }
        bytes_ += static_cast<char>(value);
    }
    void real(double value) {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        for (unsigned shift = 0; shift < 64; shift += 8) {
            bytes_ += static_cast<char>(bits >> shift);
        }
    }
    void names(const std::vector<std::string>& names) {
        number(names.size());
        for (const std::string& name : names) {
            text(name);
        }
    }
    void text(std::string_view text) {
        number(text.size());
        bytes_ += text;
    }
    void ascending(std::span<const std::int32_t> columns) {
        number(columns.size());
        std::int32_t before = 0;
        for (const std::int32_t column : columns) {
            number(static_cast<std::uint64_t>(column - before));
            before = column;
        }
    }
    void categories(const Categories& categories) {
        names(categories.names);
        for (const std::int32_t column : categories.column) {
            number(static_cast<std::uint64_t>(column + 1));
        }
    }
    [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }

  private:
    std::string bytes_;
};

// A row whose weights may follow from the counts of its terms.
struct Row {
    std::span<const std::int32_t> columns;
    std::span<const double> weights;
    const Features& features;

    [[nodiscard]] double idf(std::size_t i) const {
        return features.vocabulary.idf[static_cast<std::size_t>(columns[i])];
    }
    [[nodiscard]] double count(double tf) const {
        return std::round(features.settings.text.sublinear_tf ? std::exp(tf - 1) : tf);
    }
};

// The counts if the row was divided by this length and its weights follow from them to the last bit; else
// none.
std::vector<std::uint64_t> counts_of(const Row& row, double length) {
    constexpr double most = 1'000'000;
    std::vector<std::uint64_t> counts(row.columns.size());
    std::vector<double> again(row.columns.size());
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
        const double count = row.count(row.weights[i] / row.idf(i) * length);
        if (!(count >= 1 && count <= most)) {
            return {};
        }
        counts[i] = static_cast<std::uint64_t>(count);
        again[i] = term_weight(count, row.idf(i), row.features.settings.text);
    }
    divide_by_length(again, row.features.vocabulary.least_length);
    return std::ranges::equal(row.weights, again) ? counts : std::vector<std::uint64_t>();
}

// The same for any length: the rarest term of a row usually occurs once.
std::vector<std::uint64_t> counts_of(const Row& row) {
    constexpr int most_of_rarest = 4;  // occurrences of the term that occurs least
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
        least = std::min(least, row.weights[i] / row.idf(i));
    }
    std::vector<std::uint64_t> counts;
    if (row.features.vocabulary.least_length > 0) {
        counts = counts_of(row, row.features.vocabulary.least_length);
    }
    for (int of_rarest = 1; counts.empty() && of_rarest <= most_of_rarest; ++of_rarest) {
        counts = counts_of(row, term_weight(of_rarest, 1, row.features.settings.text) / least);
    }
    return counts;
}

void write_text(Writer& to, const Features& features) {
    const TextMatrix& text = features.text;
    to.number(text.column.size());
    for (std::size_t row = 0; row < text.rows(); ++row) {
        to.ascending(text.columns_of(row));
    }
    for (std::size_t row = 0; row < text.rows(); ++row) {
        const std::span<const double> weights = text.values_of(row);
        const std::vector<std::uint64_t> counts =
            counts_of({.columns = text.columns_of(row), .weights = weights, .features = features});
        for (const std::uint64_t count : counts) {
            to.number(count);
        }
        if (counts.empty() && !weights.empty()) {
            to.number(0);
            for (const double weight : weights) {
                to.real(weight);
            }
        }
    }
}

void write_values(Writer& to, const PerPart<ValueColumn>& columns) {
    const PartList known([&](const PartDefinition& d) { return !columns[d.part].value.empty(); });
    to.number(static_cast<std::uint64_t>(known.end() - known.begin()));
    for (const PartDefinition& d : known) {
        const ValueColumn& column = columns[d.part];
        std::map<double, std::uint64_t> places{{ValueColumn::none, 0}};  // below every value
        for (const double value : column.value) {
            places.emplace(value, 0);
        }
        to.text(d.name);
        to.real(column.reference);
        to.number(places.size() - 1);
        std::uint64_t next = 0;
        for (auto& [value, place] : places) {
            place = next++;
            if (place > 0) {
                to.real(value);
            }
        }
        for (const double value : column.value) {
            to.number(places.at(value));
        }
    }
}

std::string payload(const StoredFeatures& stored) {
    const Features& f = stored.features;
    Writer to;
    to.text(feature_settings_json(f.settings));
    to.number(f.size());
    std::int64_t before = 0;
    for (const ShowId id : f.ids) {
        to.number(static_cast<std::uint64_t>(to_number(id) - before));
        before = to_number(id);
    }
    to.names(f.genres.names);
    for (std::size_t row = 0; row < f.size(); ++row) {
        to.ascending(f.genres.of(row));
    }
    to.names(f.vocabulary.terms);
    for (const double idf : f.vocabulary.idf) {
        to.real(idf);
    }
    for (const std::int64_t frequency : f.vocabulary.document_frequency) {
        to.number(static_cast<std::uint64_t>(frequency));
    }
    to.real(f.vocabulary.least_length);
    write_text(to, f);
    for (const Categories* categories : {&f.platform, &f.type, &f.language, &stored.facets.language,
                                         &stored.facets.network, &stored.facets.status}) {
        to.categories(*categories);
    }
    for (const double rating : stored.facets.rating) {
        to.real(rating);
    }
    write_values(to, f.values);
    return to.bytes();
}

}  // namespace

std::string packed(const StoredFeatures& stored) {
    const std::string plain = payload(stored);
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string bytes(packed_signature);
    bytes.resize(packed_signature.size() + ZSTD_compressBound(plain.size()));
    const std::size_t size =
        ZSTD_compress2(context.get(), bytes.data() + packed_signature.size(),
                       bytes.size() - packed_signature.size(), plain.data(), plain.size());
    if (ZSTD_isError(size) != 0 || plain.size() > most_packed_bytes) {
        throw Error(ErrorKind::input, "the features are too large to be stored");
    }
    bytes.resize(packed_signature.size() + size);
    return bytes;
}

}  // namespace bingefriend
