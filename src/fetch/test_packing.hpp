// Compressed catalogues for tests, fuzzers and benchmarks.
#pragma once

#include <zlib.h>
#include <zstd.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace bingefriend {

inline std::string gzip_compressed(std::string_view text, int level = 1) {
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib cannot start");
    }
    std::string compressed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
    stream.avail_out = static_cast<uInt>(compressed.size());
    const int result = deflate(&stream, Z_FINISH);
    compressed.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) {
        throw std::runtime_error("zlib cannot compress");
    }
    return compressed;
}

inline std::string zstd_compressed(std::string_view text, int level = 1) {
    std::string compressed(ZSTD_compressBound(text.size()), '\0');
    compressed.resize(ZSTD_compress(compressed.data(), compressed.size(), text.data(), text.size(), level));
    return compressed;
}

inline std::string many_shows(int n) {
    std::string text;
    for (int i = 1; i <= n; ++i) {
        text += "{\"id\":" + std::to_string(i) + ",\"name\":\"Show " + std::to_string(i * 7919 % 1000) +
                "\",\"summary\":\"" + std::string(static_cast<std::size_t>(i % 97), 'a') + "\"}\n";
    }
    return text;
}

}  // namespace bingefriend
