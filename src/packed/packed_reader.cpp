#include "packed/packed_reader.hpp"

#include "base/error.hpp"

namespace bingefriend {
namespace {

constexpr char oldest_version = 2;

}  // namespace

void throw_invalid_packed(std::string_view why) {
    throw Error(ErrorKind::input, "the stored features cannot be used", why,
                "publish again with `bingefriend pipeline`");
}

FrameReader::FrameReader(const NextPart& next) : next_(next), context_(ZSTD_createDCtx(), ZSTD_freeDCtx) {
    constexpr std::size_t most_of_a_header = 18;
    while (part_.size() < packed_signature.size() + most_of_a_header && more()) {
    }
    constexpr std::size_t at_version = packed_signature.size() - 1;
    if (!std::string_view(part_).starts_with(packed_signature.substr(0, at_version)) ||
        part_[at_version] < oldest_version || part_[at_version] > packed_signature[at_version]) {
        throw_invalid_packed("unknown version or format");
    }
    version_ = part_[at_version];
    read_ = packed_signature.size();
    const unsigned long long size = ZSTD_getFrameContentSize(part_.data() + read_, part_.size() - read_);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most_packed_bytes) {
        throw_invalid_packed("invalid size");
    }
    left_ = size;
}

std::string_view FrameReader::piece() {
    ZSTD_outBuffer out{plain_.data(), plain_.size(), 0};
    while (out.pos == 0 && !ended_) {
        ZSTD_inBuffer in{part_.data(), part_.size(), read_};
        const std::size_t hint = ZSTD_decompressStream(context_.get(), &out, &in);
        read_ = in.pos;
        if (ZSTD_isError(hint) != 0) {
            throw_invalid_packed("checksum mismatch");
        }
        ended_ = hint == 0;
        if (!ended_ && out.pos == 0 && read_ == part_.size()) {
            part_.clear();
            read_ = 0;
            if (!more()) {
                throw_invalid_packed("truncated");
            }
        }
    }
    if (out.pos > left_ || (ended_ && out.pos < left_)) {
        throw_invalid_packed("invalid size");
    }
    left_ -= out.pos;
    return {plain_.data(), out.pos};
}

void FrameReader::end() {
    if (!piece().empty() || read_ != part_.size() || more()) {
        throw_invalid_packed("unexpected bytes after their end");
    }
}

bool FrameReader::more() {
    const std::string part = next_();
    part_ += part;
    return !part.empty();
}

}  // namespace bingefriend
