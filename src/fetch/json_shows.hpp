// A stream of JSON records -> shows and rejections.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/progress.hpp"
#include "bytes/byte_source.hpp"
#include "records/ingest.hpp"

namespace bingefriend {

// Adds the shows of the stream to `builder`, at most `most`; adds bad records to `report`, with `prefix`
// before their position.  Returns the number of shows added.
std::size_t read_json_shows(const ByteSource& source, std::string_view prefix,
                            std::optional<std::size_t> most, CatalogueBuilder& builder, IngestReport& report,
                            const Progress& progress);

}  // namespace bingefriend
