#include "fetch/json_shows.hpp"

#include <fmt/format.h>

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
        case RecordSplitter::End::text_after_array:
            report.warnings.push_back("what follows the array's closing ] was not read");
            break;
        case RecordSplitter::End::within_record:
            report.cut_short = fmt::format("it ends within record {}", report.records + 1);
            break;
    }
}

}  // namespace

std::size_t read_json_shows(const ByteSource& source, std::string_view prefix,
                            std::optional<std::size_t> most, CatalogueBuilder& builder, IngestReport& report,
                            const Progress& progress) {
    RecordSplitter records(source);
    ShowJsonReader reader;
    std::size_t added = 0;
    while (!most || added < *most) {
        const std::optional<RecordText> record = records.next();
        if (!record) {
            note_end(records.end(), report);
            break;
        }
        ++report.records;
        auto read = record->too_long ? Unreadable{"the record is too long"}
                                     : reader.read(record->json, record->capacity);
        if (auto* show = std::get_if<Show>(&read)) {
            builder.add(std::move(*show));
            ++added;
        } else {
            report.reject(fmt::format("{}{}", prefix, record->position), std::get<Unreadable>(read).reason);
        }
        progress(report.records, 0);
    }
    return added;
}

}  // namespace bingefriend
