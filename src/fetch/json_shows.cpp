#include "fetch/json_shows.hpp"

#include <fmt/format.h>

#include "fetch/list_in_object.hpp"
#include "fetch/record_splitter.hpp"
#include "fetch/show_json.hpp"

namespace bingefriend {
namespace {

void note_end(RecordSplitter::End end, IngestReport& report) {
    switch (end) {
        case RecordSplitter::End::whole:
            break;
        case RecordSplitter::End::array_not_closed:
            report.warnings.push_back("the array's closing ] is missing; every record before it was whole");
            break;
        case RecordSplitter::End::within_record:
            report.cut_short = fmt::format("it ends within record {}", report.records + 1);
            break;
        case RecordSplitter::End::second_list:
            report.cut_short = "an object holds several lists of records: write one of them into a file";
            break;
    }
}

constexpr std::size_t deepest_list = 3;  // a list within a record of a list, and so on

class JsonShows {
  public:
    JsonShows(std::optional<std::size_t> most, CatalogueBuilder& builder, IngestReport& report,
              const Progress& progress)
        : most_(most), builder_(builder), report_(report), progress_(progress) {}

    void read(const ByteSource& source, std::string_view prefix) {
        RecordSplitter records(source);
        ShowJsonReader reader;
        while (!is_finished()) {
            const std::optional<RecordText> record = records.next();
            if (!record) {
                note_end(records.end(), report_);
                return;
            }
            auto read = record->too_long ? Unreadable{"the record is too long"}
                                         : reader.read(record->json, record->capacity);
            const bool is_show = std::holds_alternative<NormalisedShow>(read);
            if (!is_show && record->is_guess) {
                records.read_again();
            } else if (is_show || !read_list(*record, prefix)) {
                take(std::move(read), prefix, record->position);
            }
        }
    }

    [[nodiscard]] std::size_t added() const noexcept { return added_; }

  private:
    [[nodiscard]] bool is_finished() const noexcept { return most_ && added_ >= *most_; }

    void take(std::variant<NormalisedShow, Unreadable> read, std::string_view prefix,
              std::string_view position) {
        ++report_.records;
        added_ += builder_.add(std::move(read), prefix, position, report_) ? 1 : 0;
        progress_(report_.records, 0);
    }

    // Whether the record is no show but holds the list of them, which is read then, or several, of which none
    // is.
    bool read_list(const RecordText& record, std::string_view prefix) {
        if (record.too_long || !record.json.starts_with('{') || depth_ == deepest_list) {
            return false;
        }
        const ListInObject list = list_in_object(record.json, record.capacity);
        if (!list.text) {
            if (list.is_one_of_several) {
                take(Unreadable{"an object with several lists: call the one of the shows `shows`"}, prefix,
                     record.position);
            }
            return list.is_one_of_several;
        }
        ++depth_;
        read(
            [rest = *list.text](std::span<char> buffer) mutable {
                const std::size_t n = rest.copy(buffer.data(), buffer.size());
                rest.remove_prefix(n);
                return n;
            },
            fmt::format("{}{}, ", prefix, record.position));
        --depth_;
        return true;
    }

    std::optional<std::size_t> most_;
    CatalogueBuilder& builder_;
    IngestReport& report_;
    const Progress& progress_;
    std::size_t added_ = 0;
    std::size_t depth_ = 0;
};

}  // namespace

std::size_t read_json_shows(const ByteSource& source, std::string_view prefix,
                            std::optional<std::size_t> most, CatalogueBuilder& builder, IngestReport& report,
                            const Progress& progress) {
    JsonShows shows(most, builder, report, progress);
    shows.read(source, prefix);
    return shows.added();
}

}  // namespace bingefriend
