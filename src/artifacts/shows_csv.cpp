#include "artifacts/shows_csv.hpp"

#include <csv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "artifacts/atomic_file.hpp"
#include "domain/error.hpp"

namespace bingefriend {
namespace {

// The columns in the order in which they are written.
enum Column : std::size_t {
    id,
    name,
    genres,
    summary,
    summary_clean,
    type,
    language,
    status,
    platform,
    rating_avg,
    premiered,
    updated,
    web_channel,
    url,
    image_medium,
    image_original,
    imdb,
    thetvdb,
    tvrage,
    column_count
};
constexpr std::array<std::string_view, column_count> column_names{
    "id",           "name",           "genres",     "summary",   "summary_clean", "type",        "language",
    "status",       "platform",       "rating_avg", "premiered", "updated",       "web_channel", "url",
    "image_medium", "image_original", "imdb",       "thetvdb",   "tvrage"};

// --- writing ---

void append_field(std::string& line, std::string_view value) {
    const bool plain = value.find_first_of(",\"\r\n") == std::string_view::npos &&
                       (value.empty() || (value.front() != ' ' && value.back() != ' '));
    if (plain) {
        line += value;
        return;
    }
    line += '"';
    for (const char c : value) {
        if (c == '"') {
            line += '"';
        }
        line += c;
    }
    line += '"';
}

template <typename Number>
std::string shortest(Number value) {
    std::array<char, 32> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return {digits.data(), error == std::errc{} ? end : digits.data()};
}

void append_row(std::string& line, const Show& show) {
    const std::string genre_cell = nlohmann::json(show.genres).dump();
    const std::string rating = show.rating ? shortest(*show.rating) : std::string();
    const std::array<std::string_view, 8> texts{show.name, genre_cell,    show.summary, show.summary_text,
                                                show.type, show.language, show.status,  show.platform};
    line += shortest(to_number(show.id));
    for (const std::string_view text : texts) {
        line += ',';
        append_field(line, text);
    }
    line += ',';
    line += rating;
    line += ',';
    append_field(line, show.premiered);
    line += ',';
    line += shortest(show.updated);
    const ShowLinks& links = show.links;
    for (const std::string* text :
         {&show.web_channel, &links.url, &links.image_medium, &links.image_original, &links.imdb}) {
        line += ',';
        append_field(line, *text);
    }
    for (const std::int64_t number : {links.thetvdb, links.tvrage}) {
        line += ',';
        line += number == 0 ? std::string() : shortest(number);
    }
    line += "\r\n";
}

// --- reading ---

// A row that cannot become a show; what() is the reason.
struct BadRow : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <typename Number>
Number number_in(std::string_view cell, const char* reason) {
    Number value{};
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size()) {
        throw BadRow(reason);
    }
    return value;
}

std::vector<std::string> genres_in(std::string_view cell) {
    if (cell.empty()) {
        return {};
    }
    const auto json = nlohmann::json::parse(cell, nullptr, false);
    if (!json.is_array()) {
        throw BadRow("genres: not a JSON array");
    }
    std::vector<std::string> result;
    for (const auto& genre : json) {
        if (!genre.is_string()) {
            throw BadRow("genres: not an array of strings");
        }
        result.push_back(genre.get<std::string>());
    }
    return result;
}

// Takes the fields one after the other and makes a show of every row.
class ShowRows {
  public:
    ShowRows(std::string name, std::optional<std::size_t> max_shows, const Progress& progress)
        : name_(std::move(name)), max_shows_(max_shows), progress_(progress) {}

    void field(std::string_view text) {
        if (!header_read_) {
            header_.emplace_back(text);
        } else if (at_ < column_at_.size() && column_at_[at_] != column_count) {
            cells_[column_at_[at_]] = text;
        }
        ++at_;
    }

    void row() {
        if (!header_read_) {
            read_header();
        } else if (!finished()) {
            read_row();
        }
        at_ = 0;
        for (std::string& cell : cells_) {
            cell.clear();
        }
    }

    [[nodiscard]] bool finished() const noexcept { return max_shows_ && good_ >= *max_shows_; }

    [[nodiscard]] Ingest take() && {
        if (!header_read_) {
            throw Error(ErrorKind::input, "cannot read the catalogue", name_, "it is empty");
        }
        Ingest ingest{{}, std::move(report_)};
        ingest.catalogue = std::move(builder_).build(ingest.report);
        return ingest;
    }

    IngestReport& report() noexcept { return report_; }

  private:
    void read_header() {
        header_read_ = true;
        if (!header_.empty() && header_[0].starts_with("\xef\xbb\xbf")) {
            header_[0].erase(0, 3);
        }
        std::unordered_map<std::string_view, std::size_t> known;
        for (std::size_t i = 0; i < column_count; ++i) {
            known.emplace(column_names[i], i);
        }
        for (const std::string& column : header_) {
            const auto at = known.find(column);
            column_at_.push_back(at == known.end() ? std::size_t{column_count} : at->second);
        }
        for (const std::size_t required : {id, name}) {
            if (std::find(column_at_.begin(), column_at_.end(), required) == column_at_.end()) {
                throw Error(ErrorKind::input, "cannot read the catalogue", name_,
                            fmt::format("its header has no column {}", column_names[required]));
            }
        }
    }

    void read_row() {
        ++report_.records;
        try {
            builder_.add(show());
            ++good_;
        } catch (const BadRow& bad) {
            report_.reject(fmt::format("row {}", report_.records), bad.what());
        }
        progress_(report_.records, 0);
    }

    [[nodiscard]] Show show() {
        if (at_ != header_.size()) {
            throw BadRow("not as many fields as the header");
        }
        Show show;
        show.id = ShowId{number_in<std::int64_t>(cells_[id], "id: not an integer")};
        if (to_number(show.id) < 1) {
            throw BadRow("id: not a positive integer");
        }
        show.genres = genres_in(cells_[genres]);
        if (!cells_[rating_avg].empty()) {
            show.rating = number_in<double>(cells_[rating_avg], "rating: not a number");
        }
        if (!cells_[updated].empty()) {
            show.updated = number_in<std::int64_t>(cells_[updated], "updated: not an integer");
        }
        show.name = std::move(cells_[name]);
        show.summary = std::move(cells_[summary]);
        show.summary_text = std::move(cells_[summary_clean]);
        show.type = std::move(cells_[type]);
        show.language = std::move(cells_[language]);
        show.status = std::move(cells_[status]);
        show.platform = std::move(cells_[platform]);
        show.premiered = std::move(cells_[premiered]);
        show.web_channel = std::move(cells_[web_channel]);
        show.links = links();
        if (const std::string fault = fault_of(show); !fault.empty()) {
            throw BadRow(fault);
        }
        return show;
    }

    [[nodiscard]] ShowLinks links() {
        ShowLinks links;
        links.url = std::move(cells_[url]);
        links.image_medium = std::move(cells_[image_medium]);
        links.image_original = std::move(cells_[image_original]);
        links.imdb = std::move(cells_[imdb]);
        if (!cells_[thetvdb].empty()) {
            links.thetvdb = number_in<std::int64_t>(cells_[thetvdb], "thetvdb: not an integer");
        }
        if (!cells_[tvrage].empty()) {
            links.tvrage = number_in<std::int64_t>(cells_[tvrage], "tvrage: not an integer");
        }
        return links;
    }

    std::string name_;
    std::optional<std::size_t> max_shows_;
    const Progress& progress_;
    bool header_read_ = false;
    std::vector<std::string> header_;
    std::vector<std::size_t> column_at_;  // of each field of the file
    std::array<std::string, column_count> cells_;
    std::size_t at_ = 0;
    std::size_t good_ = 0;
    IngestReport report_;
    CatalogueBuilder builder_;
};

// libcsv calls back through C, which no exception may cross: the first one waits here.
struct Callbacks {
    ShowRows& rows;
    std::exception_ptr failure;

    template <typename Call>
    static void guarded(void* self, Call call) noexcept {
        auto& callbacks = *static_cast<Callbacks*>(self);
        if (callbacks.failure) {
            return;
        }
        try {
            call(callbacks.rows);
        } catch (...) {
            callbacks.failure = std::current_exception();
        }
    }
};

void on_field(void* text, std::size_t length, void* self) {
    Callbacks::guarded(self, [&](ShowRows& rows) { rows.field({static_cast<const char*>(text), length}); });
}

void on_row(int /*end*/, void* self) {
    Callbacks::guarded(self, [](ShowRows& rows) { rows.row(); });
}

}  // namespace

void write_shows_csv(const std::filesystem::path& path, const Catalogue& catalogue) {
    AtomicFile file(path);
    file.write(fmt::format("{}\r\n", fmt::join(column_names, ",")));
    std::string line;
    for (const Show& show : catalogue.shows) {
        line.clear();
        append_row(line, show);
        file.write(line);
    }
    file.commit();
}

Ingest read_shows_csv(const ByteSource& source, const std::string& name, std::optional<std::size_t> max_shows,
                      const Progress& progress) {
    csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        throw std::bad_alloc();
    }
    const std::unique_ptr<csv_parser, void (*)(csv_parser*)> freed(&parser, csv_free);
    csv_set_space_func(&parser, [](unsigned char) { return 0; });  // spaces belong to the fields

    ShowRows rows(name, max_shows, progress);
    Callbacks callbacks{rows, nullptr};
    std::vector<char> buffer(1 << 16);
    bool damaged = false;
    while (!damaged && !rows.finished()) {
        const std::size_t got = source(buffer);
        damaged = got == 0 ? csv_fini(&parser, on_field, on_row, &callbacks) != 0
                           : csv_parse(&parser, buffer.data(), got, on_field, on_row, &callbacks) != got;
        if (callbacks.failure) {
            std::rethrow_exception(callbacks.failure);
        }
        if (csv_get_buffer_size(&parser) > ShowLimits::record_bytes) {
            rows.report().cut_short = fmt::format("row {} is longer than {} bytes", rows.report().records + 1,
                                                  std::size_t{ShowLimits::record_bytes});
            break;
        }
        if (got == 0) {
            break;
        }
    }
    if (damaged) {
        rows.report().cut_short = fmt::format(
            "row {} has a quote that does not belong there or is never closed", rows.report().records + 1);
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
