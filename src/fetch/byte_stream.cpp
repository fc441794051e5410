#include "fetch/byte_stream.hpp"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include "domain/error.hpp"

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
    void consume(std::size_t n) { begin_ += n; }

  private:
    ByteSource source_;
    std::vector<char> buffer_ = std::vector<char>(std::size_t{1} << 17);
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool ended_ = false;
};

}  // namespace

struct ByteStream::Decoder {
    explicit Decoder(Input&& from) : input(std::move(from)) {}
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    virtual ~Decoder() = default;

    virtual std::size_t read(std::span<char> buffer) = 0;

    Input input;
    std::string fault;
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
            within_member = true;
            stream.next_in = reinterpret_cast<Bytef*>(input.waiting().data());
            stream.avail_in = static_cast<uInt>(input.waiting().size());
            stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
            stream.avail_out = static_cast<uInt>(buffer.size());
            const int code = inflate(&stream, Z_NO_FLUSH);
            input.consume(input.waiting().size() - stream.avail_in);
            if (code == Z_STREAM_END) {  // another member may follow
                within_member = false;
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
            ZSTD_inBuffer in{input.waiting().data(), input.waiting().size(), 0};
            ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
            const std::size_t code = ZSTD_decompressStream(stream.get(), &out, &in);
            input.consume(in.pos);
            if (ZSTD_isError(code) != 0) {
                fault = "the zstd data is damaged";
            }
            within_frame = code != 0;
            pending_output = within_frame && out.pos == out.size;
            if (out.pos > 0) {
                return out.pos;
            }
        }
        return 0;
    }

    std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream;
    bool within_frame = false;
    bool pending_output = false;
};

std::unique_ptr<ByteStream::Decoder> decoder_for(ByteSource raw) {
    Input input(std::move(raw));
    input.fill();
    const std::string_view first(input.waiting().data(), input.waiting().size());
    if (first.starts_with("\x1f\x8b")) {
        return std::make_unique<Gzip>(std::move(input));
    }
    if (first.starts_with("\x28\xb5\x2f\xfd")) {
        return std::make_unique<Zstd>(std::move(input));
    }
    return std::make_unique<Plain>(std::move(input));
}

}  // namespace

ByteStream::ByteStream(ByteSource raw) : decoder_(decoder_for(std::move(raw))) {}
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

std::size_t ByteStream::read(std::span<char> buffer) {
    return decoder_->read(buffer);
}
const std::string& ByteStream::fault() const noexcept {
    return decoder_->fault;
}

ByteStream ByteStream::of_file(const std::filesystem::path& path) {
    const std::shared_ptr<std::FILE> file(std::fopen(path.c_str(), "rb"), [](std::FILE* f) {
        if (f != nullptr) {
            std::fclose(f);
        }
    });
    if (!file) {
        throw Error(ErrorKind::unavailable, "cannot open the catalogue", path.string(),
                    fmt::format("{}: check the path", std::strerror(errno)));
    }
    if (std::error_code ignored; std::filesystem::is_directory(path, ignored)) {
        throw Error(ErrorKind::input, "cannot read the catalogue", path.string(),
                    "it is a folder: name a file in it");
    }
    return ByteStream([file, where = path.string()](std::span<char> buffer) {
        const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get());
        if (got == 0 && std::ferror(file.get()) != 0) {
            throw Error(ErrorKind::unavailable, "cannot read the catalogue", where, std::strerror(errno));
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
