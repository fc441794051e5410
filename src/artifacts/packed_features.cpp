#include "artifacts/packed_features.hpp"

#include <zstd.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "domain/error.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view signature{"BFSF\1", 5};
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30;

[[noreturn]] void refuse(std::string_view why) {
    throw Error(ErrorKind::input, "the stored features cannot be used", why,
                "publish again with `bingefriend pipeline`");
}

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
            number(name.size());
            bytes_ += name;
        }
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

class Reader {
  public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 63; shift += 7) {
            const std::uint64_t next = byte();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        refuse("a number is too large");
    }
    // Of things that take a byte each at least.
    [[nodiscard]] std::size_t count() {
        const std::uint64_t value = number();
        if (value > rest_.size()) {
            refuse("they end too early");
        }
        return static_cast<std::size_t>(value);
    }
    [[nodiscard]] double real() {
        std::uint64_t bits = 0;
        for (unsigned shift = 0; shift < 64; shift += 8) {
            bits |= std::uint64_t{byte()} << shift;
        }
        return std::bit_cast<double>(bits);
    }
    [[nodiscard]] std::vector<std::string> names() {
        std::vector<std::string> names(count());
        for (std::string& name : names) {
            const std::size_t size = count();
            name = rest_.substr(0, size);
            rest_.remove_prefix(size);
        }
        if (names.size() > 0x7fff'ffff) {
            refuse("too many names");
        }
        return names;
    }
    // Appends the columns of a row, all below `end`.
    void ascending(std::size_t end, std::vector<std::int32_t>& columns) {
        const std::size_t size = count();
        std::uint64_t column = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::uint64_t step = number();
            if (step >= end || column + step >= end || (i > 0 && step == 0)) {
                refuse("a column is out of its place");
            }
            columns.push_back(static_cast<std::int32_t>(column += step));
        }
    }
    [[nodiscard]] Categories categories(std::size_t rows) {
        Categories categories{names(), {}};
        categories.column.reserve(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            const std::uint64_t column = number();
            if (column > categories.names.size()) {
                refuse("a column is out of its place");
            }
            categories.column.push_back(static_cast<std::int32_t>(column) - 1);
        }
        return categories;
    }
    void end() const {
        if (!rest_.empty()) {
            refuse("more stands behind their end");
        }
    }

  private:
    std::uint8_t byte() {
        if (rest_.empty()) {
            refuse("they end too early");
        }
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }

    std::string_view rest_;
};

void write_settings(Writer& to, const FeatureSettings& settings) {
    to.number(settings.text.max_features);
    to.number(settings.text.min_df);
    to.real(settings.text.max_df);
    to.number(settings.top_n_platforms);
    to.number(settings.top_n_languages);
}

FeatureSettings read_settings(Reader& from) {
    FeatureSettings settings;
    settings.text.max_features = from.number();
    settings.text.min_df = from.number();
    settings.text.max_df = from.real();
    settings.top_n_platforms = from.number();
    settings.top_n_languages = from.number();
    return settings;
}

void read_ids(Reader& from, std::vector<ShowId>& ids) {
    const std::size_t n = from.count();
    ids.reserve(n);
    std::int64_t id = 0;
    for (std::size_t row = 0; row < n; ++row) {
        const std::uint64_t step = from.number();
        if (step == 0 || step > static_cast<std::uint64_t>(INT64_MAX - id)) {
            refuse("the ids do not ascend");
        }
        ids.push_back(ShowId{id += static_cast<std::int64_t>(step)});
    }
}

void read_genres(Reader& from, std::size_t rows, GenreSets& genres) {
    genres.names = from.names();
    genres.row_start.reserve(rows + 1);
    for (std::size_t row = 0; row < rows; ++row) {
        from.ascending(genres.names.size(), genres.column);
        genres.row_start.push_back(static_cast<std::int64_t>(genres.column.size()));
    }
}

void read_vocabulary(Reader& from, Vocabulary& vocabulary) {
    vocabulary.terms = from.names();
    for (std::size_t term = 0; term < vocabulary.terms.size(); ++term) {
        vocabulary.idf.push_back(from.real());
        if (!(vocabulary.idf.back() > 0 && std::isfinite(vocabulary.idf.back()))) {
            refuse("an idf is not a positive number");
        }
    }
    for (std::size_t term = 0; term < vocabulary.terms.size(); ++term) {
        vocabulary.document_frequency.push_back(static_cast<std::int64_t>(from.number()));
    }
}

void read_text(Reader& from, std::size_t rows, std::size_t terms, TextMatrix& text) {
    text.row_start.reserve(rows + 1);
    for (std::size_t row = 0; row < rows; ++row) {
        from.ascending(terms, text.column);
        text.row_start.push_back(static_cast<std::int64_t>(text.column.size()));
    }
    text.value.reserve(text.column.size());
    for (std::size_t row = 0; row < rows; ++row) {
        double squares = 0;
        const auto end = static_cast<std::size_t>(text.row_start[row + 1]);
        while (text.value.size() < end) {
            text.value.push_back(from.real());
            squares += text.value.back() * text.value.back();
        }
        if (!text.columns_of(row).empty() && !(std::abs(squares - 1) < 1e-9)) {
            refuse("a row of the text has not length 1");
        }
    }
}

void read_facets(Reader& from, std::size_t rows, Facets& facets) {
    facets.language = from.categories(rows);
    facets.network = from.categories(rows);
    facets.status = from.categories(rows);
    facets.rating.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        facets.rating.push_back(from.real());
    }
}

std::string payload(const StoredFeatures& stored) {
    const Features& f = stored.features;
    Writer to;
    write_settings(to, f.settings);
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
    for (std::size_t row = 0; row < f.size(); ++row) {
        to.ascending(f.text.columns_of(row));
    }
    for (const double value : f.text.value) {
        to.real(value);
    }
    for (const Categories* categories : {&f.platform, &f.type, &f.language, &stored.facets.language,
                                         &stored.facets.network, &stored.facets.status}) {
        to.categories(*categories);
    }
    for (const double rating : stored.facets.rating) {
        to.real(rating);
    }
    return to.bytes();
}

StoredFeatures from_payload(std::string_view bytes) {
    Reader from(bytes);
    StoredFeatures stored;
    Features& f = stored.features;
    f.settings = read_settings(from);
    read_ids(from, f.ids);
    read_genres(from, f.size(), f.genres);
    read_vocabulary(from, f.vocabulary);
    read_text(from, f.size(), f.vocabulary.terms.size(), f.text);
    f.platform = from.categories(f.size());
    f.type = from.categories(f.size());
    f.language = from.categories(f.size());
    if (f.platform.names.empty() || f.language.names.empty()) {
        refuse("the column of all other names is missing");
    }
    read_facets(from, f.size(), stored.facets);
    from.end();
    return stored;
}

}  // namespace

std::string packed(const StoredFeatures& stored) {
    const std::string plain = payload(stored);
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string bytes(signature);
    bytes.resize(signature.size() + ZSTD_compressBound(plain.size()));
    const std::size_t size = ZSTD_compress2(context.get(), bytes.data() + signature.size(),
                                            bytes.size() - signature.size(), plain.data(), plain.size());
    if (ZSTD_isError(size) != 0 || plain.size() > most_bytes) {
        throw Error(ErrorKind::input, "the features are too large to be stored");
    }
    bytes.resize(signature.size() + size);
    return bytes;
}

StoredFeatures unpacked(std::string_view bytes) {
    if (!bytes.starts_with(signature)) {
        refuse("they have another version or are something else");
    }
    bytes.remove_prefix(signature.size());
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most_bytes) {
        refuse("their size cannot be right");
    }
    std::string plain(static_cast<std::size_t>(size), '\0');
    const std::size_t read = ZSTD_decompress(plain.data(), plain.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(read) != 0 || read != plain.size()) {
        refuse("their checksum is not theirs");
    }
    return from_payload(plain);
}

}  // namespace bingefriend
