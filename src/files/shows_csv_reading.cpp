// Reads tables of shows; raw_show.hpp has the rules for their fields.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "bytes/csv.hpp"
#include "files/shows_csv.hpp"
#include "records/raw_show.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_columns = 10'000;

[[noreturn]] void refuse_table(const std::string& name, const std::string& why) {
    throw Error(ErrorKind::input, "cannot read the catalogue", name, why);
}

// Takes the fields one after the other and makes a show of every row.
class ShowRows final : public CsvRows {
  public:
    ShowRows(std::string name, std::optional<std::size_t> max_shows, const Progress& progress)
        : name_(std::move(name)), max_shows_(max_shows), progress_(progress) {}

    void field(std::string_view text) override {
        row_bytes_ += text.size();
        const bool fits = row_bytes_ <= ShowLimits::record_bytes;
        if (!header_read_) {
            if (!fits || header_.size() == max_columns) {
                refuse_table(name_,
                             fmt::format("its header has more than {} columns or {} bytes: give NDJSON, "
                                         "JSON or CSV",
                                         max_columns, std::size_t{ShowLimits::record_bytes}));
            }
            header_.emplace_back(text);
        } else if (fits && at_ < columns_.size() && columns_[at_].is_known()) {
            cells_[at_] = text;
        }
        ++at_;
    }

    void row() override {
        if (!header_read_) {
            read_header();
        } else if (!finished()) {
            read_row();
        }
        at_ = 0;
        row_bytes_ = 0;
    }

    [[nodiscard]] bool finished() const noexcept override { return max_shows_ && good_ >= *max_shows_; }

    void cut_short(const std::string& why, std::string_view first_bytes) {
        if (!header_read_) {
            const std::string separator = other_separator(first_bytes.substr(0, first_bytes.find('\n')));
            refuse_table(name_,
                         !separator.empty() ? separator : "it is no JSON, and as CSV its header " + why);
        }
        report_.cut_short = fmt::format("row {} {}", report_.records + 1, why);
    }

    [[nodiscard]] Ingest take() && {
        if (!header_read_) {
            refuse_table(name_, "it is empty");
        }
        Ingest ingest{{}, std::move(report_)};
        ingest.catalogue = std::move(builder_).build(ingest.report);
        return ingest;
    }

  private:
    void read_header() {
        header_read_ = true;
        std::vector<std::string> unused;
        bool has_id = false;
        bool has_name = false;
        for (const std::string& column : header_) {
            const ShowPath& path = columns_.emplace_back(show_path(trimmed_widely(column)));
            has_id =
                has_id || path.field == ShowField::id || path.group == "show" || path.group == "_embedded";
            has_name = has_name || path.field == ShowField::name || path.group == "show" ||
                       path.group == "_embedded";
            if (!path.is_known()) {
                unused.push_back(column.empty() ? "one without a name" : column);
            }
        }
        if (!has_id || !has_name) {
            refuse_header(has_id ? "name" : "id");
        }
        cells_.resize(columns_.size());
        if (!unused.empty()) {
            report_.warnings.push_back(fmt::format("columns that are not used: {}", some_names(unused)));
        }
    }

    [[noreturn]] void refuse_header(std::string_view missing) const {
        if (const std::string why = other_separator(header_.front()); !why.empty()) {
            refuse_table(name_, why);
        }
        refuse_table(name_, fmt::format("it is no JSON, and as CSV its header has no column {}: it has {}",
                                        missing, some_names(header_)));
    }

    void read_row() {
        ++report_.records;
        const std::string position = fmt::format("row {}", report_.records);
        good_ += builder_.add(read(), "", position, report_) ? 1 : 0;
        progress_(report_.records, 0);
    }

    [[nodiscard]] std::variant<NormalisedShow, Unreadable> read() {
        if (row_bytes_ > ShowLimits::record_bytes) {
            return Unreadable{"the record is too long"};
        }
        if (at_ != columns_.size()) {
            return Unreadable{"not as many fields as the header"};
        }
        raw_.clear();
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].is_known()) {
                raw_.set(columns_[i], cells_[i]);
            }
        }
        return raw_.normalised();
    }

    std::string name_;
    std::optional<std::size_t> max_shows_;
    const Progress& progress_;
    bool header_read_ = false;
    std::vector<std::string> header_;
    std::vector<ShowPath> columns_;
    std::vector<std::string> cells_;  // of this row, where the column is known
    std::size_t at_ = 0;
    std::size_t row_bytes_ = 0;
    std::size_t good_ = 0;
    RawShow raw_;
    IngestReport report_;
    CatalogueBuilder builder_;
};

}  // namespace

Ingest read_shows_csv(const ByteSource& source, const std::string& name, std::optional<std::size_t> max_shows,
                      const Progress& progress) {
    ShowRows rows(name, max_shows, progress);
    const CsvEnd end = read_csv(source, rows, ShowLimits::record_bytes);
    if (!end.fault.empty()) {
        rows.cut_short(end.fault, end.beginning);
    }
    return std::move(rows).take();
}

Ingest read_shows_csv(const std::filesystem::path& path) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
    if (!file) {
        throw Error(ErrorKind::unavailable, "cannot open the catalogue", path.string(),
                    fmt::format("{}: run `bingefriend fetch` first", std::strerror(errno)));
    }
    return read_shows_csv(
        [&](std::span<char> buffer) { return std::fread(buffer.data(), 1, buffer.size(), file.get()); },
        path.string());
}

}  // namespace bingefriend
