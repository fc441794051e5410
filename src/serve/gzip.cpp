#include "serve/gzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace bingefriend {

std::string gzipped(std::string_view text) {
    constexpr int level = 4;              // twice as fast as the default, a tenth larger
    constexpr int gzip_window = 15 + 16;  // the largest window, and gzip's header in place of zlib's
    constexpr int memory = 8;
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc();
    }
    std::string result(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    const int ended = deflate(&stream, Z_FINISH);
    result.resize(stream.total_out);
    result.shrink_to_fit();
    deflateEnd(&stream);
    if (ended != Z_STREAM_END) {
        throw std::logic_error("deflateBound was too small");
    }
    return result;
}

}  // namespace bingefriend
