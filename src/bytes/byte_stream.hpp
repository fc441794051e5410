// Bytes of a file or of memory, unpacked where they are gzip or zstd.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "bytes/byte_source.hpp"

namespace bingefriend {

// What a compressed stream is told by: its first bytes, whatever the file is called.
class ByteStream {
  public:
    // `what` names the content in messages: "catalogue". Throws Error{unavailable} if the file cannot be
    // opened, Error{input} for a folder.
    [[nodiscard]] static ByteStream of_file(const std::filesystem::path& path, const std::string& what);
    // `bytes` must live as long as the stream.
    [[nodiscard]] static ByteStream of_memory(std::string_view bytes);

    ByteStream(ByteStream&&) noexcept;
    ~ByteStream();

    // Up to buffer.size() next bytes; 0 at the end, and where fault() says that it came too early.
    [[nodiscard]] std::size_t read(std::span<char> buffer);

    // Why the stream ended before its end; empty where it did not.
    [[nodiscard]] const std::string& fault() const noexcept;

    struct Decoder;

  private:
    explicit ByteStream(ByteSource raw);

    std::unique_ptr<Decoder> decoder_;
};

}  // namespace bingefriend
