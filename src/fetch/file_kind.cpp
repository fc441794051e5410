#include "fetch/file_kind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace bingefriend {
namespace {

struct Signature {
    std::string_view bytes;
    std::string_view kind;
    std::string_view remedy;
    std::size_t at = 0;
};

constexpr std::string_view unpack = "unpack it, or compress it with gzip or zstd";
constexpr std::string_view export_it = "write it as NDJSON, JSON or CSV";

// A literal with NUL bytes.
template <std::size_t Size>
constexpr std::string_view bytes(const char (&text)[Size]) {
    return {text, Size - 1};
}

// UTF-32 stands before UTF-16, whose mark its own begins with.
constexpr std::array signatures{
    Signature{"BZh", "compressed with bzip2",
              "decompress it with `bunzip2`, or compress it with gzip or zstd"},
    Signature{bytes("\xfd"
                    "7zXZ\0"),
              "compressed with xz", "decompress it with `unxz`, or compress it with gzip or zstd"},
    Signature{"\x1f\x8b", "compressed twice", "decompress it once with `gunzip`"},
    Signature{"\x28\xb5\x2f\xfd", "compressed twice", "decompress it once with `unzstd`"},
    Signature{"LZIP", "compressed with lzip", unpack},
    Signature{"\x1f\x9d", "compressed with compress", unpack},
    Signature{"\x04\x22\x4d\x18", "compressed with lz4", unpack},
    Signature{bytes("\x5d\0\0"), "compressed with lzma", unpack},
    Signature{"PK\x03\x04", "a ZIP archive or a spreadsheet",
              "unpack it with `unzip`, or save the sheet as CSV in UTF-8"},
    Signature{"PK\x05\x06", "an empty ZIP archive", "give a file that holds the shows"},
    Signature{"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it with `7z x`"},
    Signature{"Rar!\x1a\x07", "a RAR archive", "unpack it"},
    Signature{"ustar", "a tar archive", "unpack it with `tar -x`", 257},
    Signature{bytes("\xff\xfe\0\0"), "in UTF-32", "convert it with `iconv -f UTF-32 -t UTF-8`"},
    Signature{bytes("\0\0\xfe\xff"), "in UTF-32", "convert it with `iconv -f UTF-32 -t UTF-8`"},
    Signature{"\xff\xfe", "in UTF-16", "convert it with `iconv -f UTF-16 -t UTF-8`"},
    Signature{"\xfe\xff", "in UTF-16", "convert it with `iconv -f UTF-16 -t UTF-8`"},
    Signature{"version https://git-lfs.github.com/spec/", "a pointer of Git LFS, not the file itself",
              "run `git lfs pull`"},
    Signature{"PAR1", "a Parquet file", export_it},
    Signature{"ARROW1", "an Arrow file", export_it},
    Signature{bytes("SQLite format 3\0"), "an SQLite database", export_it},
    Signature{"\xd0\xcf\x11\xe0", "a spreadsheet of old Excel", "save it as CSV in UTF-8"},
    Signature{"%PDF-", "a PDF document", export_it},
    Signature{"\x89HDF", "an HDF5 file", export_it},
    Signature{"\x93NUMPY", "a NumPy array", export_it},
};

// Text of ASCII in UTF-16 without a mark has a zero in every second byte.
std::string_view utf16_order(std::string_view head) {
    const std::size_t pairs = std::min<std::size_t>(head.size() / 2, 16);
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < 2 * pairs; ++i) {
        zeros[i % 2] += head[i] == '\0' ? 1 : 0;
    }
    const bool little = pairs > 0 && zeros[1] * 4 >= pairs * 3 && zeros[0] == 0;
    const bool big = pairs > 0 && zeros[0] * 4 >= pairs * 3 && zeros[1] == 0;
    return little ? "UTF-16LE" : big ? "UTF-16BE" : "";
}

// A zero in a field further on may be a slip of who wrote the table; in the first line, or often, it is no
// text.
bool is_binary(std::string_view head) {
    constexpr std::size_t few = 16;
    const auto zeros = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\0'));
    return head.substr(0, head.find('\n')).find('\0') != std::string_view::npos || zeros > few;
}

}  // namespace

std::string why_not_text(std::string_view head) {
    for (const Signature& signature : signatures) {
        if (head.size() > signature.at && head.substr(signature.at).starts_with(signature.bytes)) {
            return fmt::format("it is {}: {}", signature.kind, signature.remedy);
        }
    }
    if (const std::string_view order = utf16_order(head); !order.empty()) {
        return fmt::format("it is in UTF-16: convert it with `iconv -f {} -t UTF-8`", order);
    }
    if (is_binary(head)) {
        return "it is a binary file, with bytes of zero: give NDJSON, JSON or CSV in UTF-8";
    }
    if (trimmed_widely(head).starts_with('<')) {
        return "it is an HTML or XML page, not shows: see in a browser what the address answers";
    }
    return {};
}

}  // namespace bingefriend
