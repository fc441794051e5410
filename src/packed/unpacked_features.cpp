#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "domain/unit_length.hpp"
#include "packed/packed_features.hpp"

namespace bingefriend {
namespace {

[[noreturn]] void refuse_packed(std::string_view why) {
    throw Error(ErrorKind::input, "the stored features cannot be used", why,
                "publish again with `bingefriend pipeline`");
}

constexpr char without_values = 2;  // the oldest version that can be read

// The content of the frame, a piece at a time.
class Inflater {
  public:
    explicit Inflater(const NextPart& next) : next_(next), context_(ZSTD_createDCtx(), ZSTD_freeDCtx) {
        constexpr std::size_t most_of_a_header = 18;
        while (part_.size() < packed_signature.size() + most_of_a_header && more()) {
        }
        constexpr std::size_t at_version = packed_signature.size() - 1;
        if (!std::string_view(part_).starts_with(packed_signature.substr(0, at_version)) ||
            part_[at_version] < without_values || part_[at_version] > packed_signature[at_version]) {
            refuse_packed("they have another version or are something else");
        }
        version_ = part_[at_version];
        read_ = packed_signature.size();
        const unsigned long long size = ZSTD_getFrameContentSize(part_.data() + read_, part_.size() - read_);
        if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most_packed_bytes) {
            refuse_packed("their size cannot be right");
        }
        left_ = size;
    }

    [[nodiscard]] char version() const noexcept { return version_; }

    // Bytes that are still to come, if the frame is right.
    [[nodiscard]] std::uint64_t left() const noexcept { return left_; }

    // The next piece, which stays until the next call; empty behind the last.
    [[nodiscard]] std::string_view piece() {
        ZSTD_outBuffer out{plain_.data(), plain_.size(), 0};
        while (out.pos == 0 && !ended_) {
            ZSTD_inBuffer in{part_.data(), part_.size(), read_};
            const std::size_t hint = ZSTD_decompressStream(context_.get(), &out, &in);
            read_ = in.pos;
            if (ZSTD_isError(hint) != 0) {
                refuse_packed("their checksum is not theirs");
            }
            ended_ = hint == 0;
            if (!ended_ && out.pos == 0 && read_ == part_.size()) {
                part_.clear();
                read_ = 0;
                if (!more()) {
                    refuse_packed("they end too early");
                }
            }
        }
        if (out.pos > left_ || (ended_ && out.pos < left_)) {
            refuse_packed("their size cannot be right");
        }
        left_ -= out.pos;
        return {plain_.data(), out.pos};
    }

    // Throws where something stands behind the frame, or it has not ended.
    void end() {
        if (!piece().empty() || read_ != part_.size() || more()) {
            refuse_packed("more stands behind their end");
        }
    }

  private:
    // Appends the next part; whether there was one.
    bool more() {
        const std::string part = next_();
        part_ += part;
        return !part.empty();
    }

    const NextPart& next_;
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
    std::string part_;
    char version_ = 0;
    std::size_t read_ = 0;  // of part_
    std::vector<char> plain_ = std::vector<char>(std::size_t{1} << 17);
    std::uint64_t left_ = 0;
    bool ended_ = false;
};

class Reader {
  public:
    explicit Reader(const NextPart& next) : from_(next) {}

    [[nodiscard]] char version() const noexcept { return from_.version(); }
    [[nodiscard]] std::uint64_t left() const noexcept { return rest_.size() + from_.left(); }

    // How much to reserve for n things that are still to be read: a frame may lie about them.
    [[nodiscard]] static std::size_t room_for(std::uint64_t n) noexcept {
        return static_cast<std::size_t>(std::min<std::uint64_t>(n, std::uint64_t{1} << 24));
    }

    [[nodiscard]] std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 63; shift += 7) {
            const std::uint64_t next = byte();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        refuse_packed("a number is too large");
    }
    // Of things that take a byte each at least.
    [[nodiscard]] std::size_t count() {
        const std::uint64_t value = number();
        if (value > left()) {
            refuse_packed("they end too early");
        }
        return static_cast<std::size_t>(value);
    }
    [[nodiscard]] double real() {
        if constexpr (std::endian::native == std::endian::little) {
            if (rest_.size() >= sizeof(double)) {
                double value = 0;
                std::memcpy(&value, rest_.data(), sizeof(value));
                rest_.remove_prefix(sizeof(value));
                return value;
            }
        }
        std::uint64_t bits = 0;
        for (unsigned shift = 0; shift < 64; shift += 8) {
            bits |= std::uint64_t{byte()} << shift;
        }
        return std::bit_cast<double>(bits);
    }
    [[nodiscard]] std::string text() {
        std::string text;
        for (std::size_t missing = count(); missing > 0;) {
            require_more();
            const std::string_view now = rest_.substr(0, missing);
            text += now;
            rest_.remove_prefix(now.size());
            missing -= now.size();
        }
        return text;
    }
    [[nodiscard]] std::vector<std::string> names() {
        std::vector<std::string> names;
        for (std::size_t n = count(); n > 0; --n) {
            names.push_back(text());
        }
        if (names.size() > 0x7fff'ffff) {
            refuse_packed("too many names");
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
                refuse_packed("a column is out of its place");
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
                refuse_packed("a column is out of its place");
            }
            categories.column.push_back(static_cast<std::int32_t>(column) - 1);
        }
        return categories;
    }
    void end() {
        if (!rest_.empty()) {
            refuse_packed("more stands behind their end");
        }
        from_.end();
    }

  private:
    void require_more() {
        if (rest_.empty()) {
            rest_ = from_.piece();
            if (rest_.empty()) {
                refuse_packed("they end too early");
            }
        }
    }
    std::uint8_t byte() {
        require_more();
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }

    Inflater from_;
    std::string_view rest_;
};

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
    ids.reserve(from.room_for(n));
    std::int64_t id = 0;
    for (std::size_t row = 0; row < n; ++row) {
        const std::uint64_t step = from.number();
        if (step == 0 || step > static_cast<std::uint64_t>(INT64_MAX - id)) {
            refuse_packed("the ids do not ascend");
        }
        ids.push_back(ShowId{id += static_cast<std::int64_t>(step)});
    }
}

void read_genres(Reader& from, std::size_t rows, GenreSets& genres) {
    genres.names = from.names();
    genres.row_start.reserve(rows + 1);
    genres.column.reserve(2 * rows);
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
            refuse_packed("an idf is not a positive number");
        }
    }
    for (std::size_t term = 0; term < vocabulary.terms.size(); ++term) {
        vocabulary.document_frequency.push_back(static_cast<std::int64_t>(from.number()));
    }
}

void read_weights(Reader& from, std::span<const std::int32_t> columns, const std::vector<double>& idf,
                  std::vector<double>& weights) {
    const std::size_t begin = weights.size();
    std::uint64_t count = from.number();
    if (count == 0) {
        while (weights.size() < begin + columns.size()) {
            weights.push_back(from.real());
        }
    } else {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            count = i == 0 ? count : from.number();
            weights.push_back(static_cast<double>(count) * idf[static_cast<std::size_t>(columns[i])]);
        }
        to_unit_length(std::span(weights).subspan(begin));
    }
    double squares = 0;
    for (const double weight : std::span(weights).subspan(begin)) {
        squares += weight * weight;
    }
    if (!(std::abs(squares - 1) < 1e-9)) {
        refuse_packed("a row of the text has not length 1");
    }
}

void read_text(Reader& from, std::size_t rows, const std::vector<double>& idf, TextMatrix& text) {
    const std::size_t entries = from.count();
    text.row_start.reserve(rows + 1);
    text.column.reserve(from.room_for(entries));
    for (std::size_t row = 0; row < rows; ++row) {
        from.ascending(idf.size(), text.column);
        text.row_start.push_back(static_cast<std::int64_t>(text.column.size()));
    }
    text.value.reserve(text.column.size());
    for (std::size_t row = 0; row < rows; ++row) {
        if (const auto columns = text.columns_of(row); !columns.empty()) {
            read_weights(from, columns, idf, text.value);
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

ValueColumn read_column(Reader& from, std::size_t rows) {
    const auto known = [&] {
        const double value = from.real();
        if (!(value >= 0 && std::isfinite(value))) {
            refuse_packed("a value is not a number of 0 or more");
        }
        return value;
    };
    ValueColumn column;
    column.reference = known();
    std::vector<double> values{ValueColumn::none};
    for (std::size_t n = from.count(); n > 0; --n) {
        values.push_back(known());
    }
    for (std::size_t row = 0; row < rows; ++row) {
        const std::uint64_t place = from.number();
        if (place >= values.size()) {
            refuse_packed("a value is out of its place");
        }
        column.value.push_back(values[static_cast<std::size_t>(place)]);
    }
    return column;
}

// Columns of parts that this version does not know are left out.
void read_values(Reader& from, std::size_t rows, PerPart<ValueColumn>& columns) {
    for (std::size_t n = from.count(); n > 0; --n) {
        const std::string name = from.text();
        ValueColumn column = read_column(from, rows);
        const auto part = std::ranges::find(all_parts, name, &PartDefinition::name);
        if (part != all_parts.end()) {
            columns[part->part] = std::move(column);
        }
    }
}

}  // namespace

StoredFeatures unpacked(const NextPart& next) {
    Reader from(next);
    StoredFeatures stored;
    Features& f = stored.features;
    f.settings = read_settings(from);
    read_ids(from, f.ids);
    read_genres(from, f.size(), f.genres);
    read_vocabulary(from, f.vocabulary);
    read_text(from, f.size(), f.vocabulary.idf, f.text);
    f.platform = from.categories(f.size());
    f.type = from.categories(f.size());
    f.language = from.categories(f.size());
    if (f.platform.names.empty() || f.language.names.empty()) {
        refuse_packed("the column of all other names is missing");
    }
    read_facets(from, f.size(), stored.facets);
    if (from.version() > without_values) {
        read_values(from, f.size(), f.values);
    }
    from.end();
    return stored;
}

StoredFeatures unpacked(std::string_view bytes) {
    return unpacked([&] { return std::string(std::exchange(bytes, {})); });
}

}  // namespace bingefriend
