#include "bodies/gzip.hpp"

#include <zlib.h>

#include <new>
#include <stdexcept>

namespace bingefriend {

struct GzipStream::State : z_stream {};

GzipStream::GzipStream(Effort effort) : state_(std::make_unique<State>()) {
    // Twice as fast as the default and a tenth larger; twice as fast again.
    const int level = effort == Effort::usual ? 4 : 1;
    constexpr int gzip_window = 15 + 16;  // the largest window, and gzip's header in place of zlib's
    constexpr int memory = 8;
    if (deflateInit2(state_.get(), level, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc();
    }
}

GzipStream::~GzipStream() {
    deflateEnd(state_.get());
}

std::string GzipStream::put(std::string_view text, bool is_last) {
    constexpr std::size_t of_texts_before = 1u << 17;  // that the stream has not given yet
    z_stream& stream = *state_;
    std::string result(deflateBound(&stream, text.size()) + of_texts_before, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    const int ended = deflate(&stream, is_last ? Z_FINISH : Z_NO_FLUSH);
    if (ended != (is_last ? Z_STREAM_END : Z_OK) || stream.avail_in != 0) {
        throw std::logic_error("deflateBound was too small");
    }
    result.resize(result.size() - stream.avail_out);
    result.shrink_to_fit();
    return result;
}

std::string gzipped(std::string_view text) {
    constexpr std::size_t large = 256u << 10;  // would take 10 ms or more
    return GzipStream(text.size() < large ? GzipStream::Effort::usual : GzipStream::Effort::little)
        .put(text, true);
}

}  // namespace bingefriend
