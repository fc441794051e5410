// Decompresses a catalogue: the result does not depend on the sizes of the reads, and truncated input is
// never accepted as complete.
#include "bytes/byte_stream.hpp"

#include <algorithm>
#include <string>

#include "fetch/test_packing.hpp"
#include "fuzz.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_unpacked = 1u << 18;  // a few bytes can expand to many

struct Unpacked {
    std::string bytes;
    bool faulty = false;
};

Unpacked unpacked(std::string_view raw, std::size_t piece) {
    ByteStream stream = ByteStream::of_memory(raw);
    Unpacked result;
    std::string buffer(piece, '\0');
    while (result.bytes.size() < max_unpacked) {
        const std::size_t got = stream.read(buffer);
        if (got == 0) {
            break;
        }
        result.bytes.append(buffer, 0, got);
    }
    result.faulty = !stream.fault().empty();
    result.bytes.resize(std::min(result.bytes.size(), max_unpacked));
    return result;
}

bool is_skippable_frame(std::string_view bytes) {
    return bytes.size() >= 4 && (bytes[0] & 0xf0) == 0x50 && bytes.substr(1, 3) == "\x2a\x4d\x18";
}

// Compressed data is restored, also from several members with zeros after them; without its last bytes it is
// invalid.
void come_back(std::string_view text, const std::string& packed, std::size_t piece) {
    constexpr std::size_t magic = 4;  // bytes that identify the format
    const Unpacked twice = unpacked(packed + packed + std::string(piece, '\0'), piece);
    if (twice.faulty || twice.bytes != std::string(text) + std::string(text)) {
        __builtin_trap();
    }
    const std::size_t kept = magic + (piece - 1) % (packed.size() - magic);
    const Unpacked cut = unpacked(std::string_view(packed).substr(0, kept), piece);
    if (!cut.faulty || !text.starts_with(cut.bytes)) {
        __builtin_trap();
    }
}

}  // namespace

// The first byte is the size of each read.
void try_input(std::string_view input) {
    const std::size_t piece = input.empty() ? 1 : static_cast<unsigned char>(input.front()) + std::size_t{1};
    input.remove_prefix(std::min<std::size_t>(input.size(), 1));
    const Unpacked whole = unpacked(input, max_unpacked);
    const Unpacked pieces = unpacked(input, piece);
    // Compare up to the corruption: how many bytes before it are returned depends on the buffer
    // size.
    const bool agree = whole.faulty || pieces.faulty
                           ? whole.bytes.starts_with(pieces.bytes) || pieces.bytes.starts_with(whole.bytes)
                           : whole.bytes == pieces.bytes;
    const bool is_packed =
        input.starts_with("\x1f\x8b") || input.starts_with("\x28\xb5\x2f\xfd") || is_skippable_frame(input);
    if (!agree || (!is_packed && (whole.faulty || whole.bytes != input))) {
        __builtin_trap();
    }
    come_back(input, gzip_compressed(input), piece);
    come_back(input, zstd_compressed(input), piece);
    const std::string skippable("\x50\x2a\x4d\x18\x04\0\0\0abcd", 12);  // as written by pzstd
    const Unpacked of_pzstd = unpacked(skippable + zstd_compressed(input), piece);
    if (of_pzstd.faulty || of_pzstd.bytes != input) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
