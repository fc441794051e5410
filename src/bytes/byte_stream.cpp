#include "bytes/byte_stream.hpp"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace bingefriend {
namespace {

// The raw bytes with a look at the next ones.
class Input {
  public:
    explicit Input(ByteSource source) : source_(std::move(source)) {}

    // Fills up, as far as there is something; false at the end.
    bool fill() {
        if (begin_ == end_ && !ended_) {
            begin_ = 0;
            end_ = source_(buffer_);
            ended_ = end_ == 0;
        }
        return begin_ != end_;
    }

    [[nodiscard]] std::span<char> waiting() { return std::span(buffer_).subspan(begin_, end_ - begin_); }
    void consume(std::size_t n) {
        begin_ += n;
        consumed_ += n;
    }
    [[nodiscard]] std::uint64_t consumed() const { return consumed_; }

    // Whether nothing but zero bytes follows, as tapes and blocks are padded with; they are consumed.
    bool ends_in_zeros() {
        while (fill()) {
            const auto bytes = waiting();
            const auto other = std::find_if(bytes.begin(), bytes.end(), [](char c) { return c != '\0'; });
            consume(static_cast<std::size_t>(other - bytes.begin()));
            if (other != bytes.end()) {
                return false;
            }
        }
        return true;
    }

  private:
    ByteSource source_;
    std::vector<char> buffer_ = std::vector<char>(std::size_t{1} << 17);
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool ended_ = false;
    std::uint64_t consumed_ = 0;
};

constexpr std::string_view gzip_magic = "\x1f\x8b";
constexpr std::string_view zstd_magic = "\x28\xb5\x2f\xfd";

// pzstd and others begin with a frame that holds no data.
bool is_skippable_frame(std::string_view bytes) {
    return bytes.size() >= 4 && (bytes[0] & 0xf0) == 0x50 && bytes.substr(1, 3) == "\x2a\x4d\x18";
}

// Catalogues shrink to a tenth or a fortieth; what grows this much is made to fill memory or time.
constexpr std::uint64_t max_growth = 500;
constexpr std::uint64_t growth_counts_from = std::uint64_t{128} << 20;

}  // namespace

struct ByteStream::Decoder {
    explicit Decoder(Input&& from) : input(std::move(from)) {}
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    virtual ~Decoder() = default;

    virtual std::size_t read(std::span<char> buffer) = 0;

    Input input;
    std::string fault;
    std::uint64_t given = 0;
};

namespace {

struct Plain final : ByteStream::Decoder {
    using Decoder::Decoder;

    std::size_t read(std::span<char> buffer) override {
        if (!input.fill()) {
            return 0;
        }
        const std::size_t n = std::min(buffer.size(), input.waiting().size());
        std::copy_n(input.waiting().begin(), n, buffer.begin());
        input.consume(n);
        return n;
    }
};

struct Gzip final : ByteStream::Decoder {
    explicit Gzip(Input&& from) : Decoder(std::move(from)) {
        if (inflateInit2(&stream, 15 + 16) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    ~Gzip() override { inflateEnd(&stream); }

    std::size_t read(std::span<char> buffer) override {
        while (fault.empty()) {
            if (!input.fill()) {
                if (within_member) {
                    fault = "the gzip data ends too early";
                }
                return 0;
            }
            if (!within_member && members > 0 && input.waiting().front() == '\0') {
                fault = input.ends_in_zeros() ? "" : "the gzip data is followed by something else";
                return 0;
            }
            within_member = true;
            stream.next_in = reinterpret_cast<Bytef*>(input.waiting().data());
            stream.avail_in = static_cast<uInt>(input.waiting().size());
            stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
            stream.avail_out = static_cast<uInt>(buffer.size());
            const int code = inflate(&stream, Z_NO_FLUSH);
            input.consume(input.waiting().size() - stream.avail_in);
            if (code == Z_STREAM_END) {  // another member may follow
                within_member = false;
                ++members;
                inflateReset(&stream);
            } else if (code != Z_OK && code != Z_BUF_ERROR) {
                fault = "the gzip data is damaged";
            }
            if (const std::size_t got = buffer.size() - stream.avail_out; got > 0) {
                return got;
            }
        }
        return 0;
    }

    z_stream stream{};
    bool within_member = false;
    std::size_t members = 0;
};

struct Zstd final : ByteStream::Decoder {
    explicit Zstd(Input&& from) : Decoder(std::move(from)), stream(ZSTD_createDStream(), ZSTD_freeDStream) {
        if (!stream) {
            throw std::bad_alloc();
        }
        // A window of 128 MiB is what the zstd program itself accepts.
        ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, 27);
    }

    std::size_t read(std::span<char> buffer) override {
        while (fault.empty()) {
            if (!input.fill() && !pending_output) {
                if (within_frame) {
                    fault = "the zstd data ends too early";
                }
                return 0;
            }
            if (frame_ended && !within_frame && input.waiting().front() == '\0') {
                fault = input.ends_in_zeros() ? "" : "the zstd data is followed by something else";
                return 0;
            }
            ZSTD_inBuffer in{input.waiting().data(), input.waiting().size(), 0};
            ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
            const std::size_t code = ZSTD_decompressStream(stream.get(), &out, &in);
            input.consume(in.pos);
            if (ZSTD_isError(code) != 0) {
                fault = fault_of_zstd(ZSTD_getErrorCode(code));
            }
            within_frame = code != 0;
            frame_ended = code == 0;
            pending_output = within_frame && out.pos == out.size;
            if (out.pos > 0) {
                return out.pos;
            }
        }
        return 0;
    }

    std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream;
    static std::string fault_of_zstd(ZSTD_ErrorCode code) {
        switch (code) {
            case ZSTD_error_frameParameter_windowTooLarge:
                return "its zstd window is above 128 MiB: compress it again with `zstd --long=27` or less";
            case ZSTD_error_dictionary_wrong:
                return "its zstd data needs a dictionary: compress it again without one";
            default:
                return "the zstd data is damaged";
        }
    }

    bool within_frame = false;
    bool frame_ended = false;
    bool pending_output = false;
};

std::unique_ptr<ByteStream::Decoder> decoder_for(ByteSource raw) {
    Input input(std::move(raw));
    input.fill();
    const std::string_view first(input.waiting().data(), input.waiting().size());
    if (first.starts_with(gzip_magic)) {
        return std::make_unique<Gzip>(std::move(input));
    }
    if (first.starts_with(zstd_magic) || is_skippable_frame(first)) {
        return std::make_unique<Zstd>(std::move(input));
    }
    return std::make_unique<Plain>(std::move(input));
}

}  // namespace

ByteStream::ByteStream(ByteSource raw) : decoder_(decoder_for(std::move(raw))) {}
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

std::size_t ByteStream::read(std::span<char> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size() && decoder_->fault.empty()) {  // frames may be of a few bytes each
        const std::size_t got = decoder_->read(buffer.subspan(filled));
        if (got == 0) {
            break;
        }
        filled += got;
        decoder_->given += got;
        if (decoder_->given > growth_counts_from &&
            decoder_->given / max_growth > decoder_->input.consumed()) {
            decoder_->fault = fmt::format("it expands to more than {} times its size", max_growth);
        }
    }
    return filled;
}
const std::string& ByteStream::fault() const noexcept {
    return decoder_->fault;
}

ByteStream ByteStream::of_file(const std::filesystem::path& path, const std::string& what) {
    const std::shared_ptr<std::FILE> file(std::fopen(path.c_str(), "rb"), [](std::FILE* f) {
        if (f != nullptr) {
            std::fclose(f);
        }
    });
    if (!file) {
        throw Error(ErrorKind::unavailable, "cannot open the " + what, path.string(),
                    fmt::format("{}: check the path", std::strerror(errno)));
    }
    if (std::error_code ignored; std::filesystem::is_directory(path, ignored)) {
        throw Error(ErrorKind::input, "cannot read the " + what, path.string(),
                    "it is a folder: name a file in it");
    }
    return ByteStream([file, what, where = path.string()](std::span<char> buffer) {
        const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get());
        if (got == 0 && std::ferror(file.get()) != 0) {
            throw Error(ErrorKind::unavailable, "cannot read the " + what, where, std::strerror(errno));
        }
        return got;
    });
}

ByteStream ByteStream::of_memory(std::string_view bytes) {
    return ByteStream([bytes](std::span<char> buffer) mutable {
        const std::size_t n = bytes.copy(buffer.data(), buffer.size());
        bytes.remove_prefix(n);
        return n;
    });
}

}  // namespace bingefriend
