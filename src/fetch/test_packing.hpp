// Catalogues for tests, plain and packed.
#pragma once

#include <zlib.h>
#include <zstd.h>

#include <string>

namespace bingefriend {

inline std::string gzipped(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
    std::string copy = text;
    stream.next_in = reinterpret_cast<Bytef*>(copy.data());
    stream.avail_in = static_cast<uInt>(copy.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

inline std::string zstd_packed(const std::string& text) {
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
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
