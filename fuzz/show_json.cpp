// Parses one record of a catalogue: an accepted show is valid.
#include "fetch/show_json.hpp"

#include <simdjson.h>

#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    const simdjson::padded_string padded(input);
    ShowJsonReader reader;
    for (int i = 0; i < 2; ++i) {  // reuses its buffers
        const auto read =
            reader.read({padded.data(), padded.size()}, padded.size() + simdjson::SIMDJSON_PADDING);
        const auto* const found = std::get_if<NormalisedShow>(&read);
        if (found != nullptr ? !fault_of(found->show).empty() : std::get<Unreadable>(read).reason.empty()) {
            __builtin_trap();
        }
    }
}

}  // namespace bingefriend
