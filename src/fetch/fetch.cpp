#include "fetch/fetch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "domain/error.hpp"
#include "fetch/byte_stream.hpp"
#include "fetch/json_shows.hpp"

namespace bingefriend {
namespace {

// Reads on where a look at the beginning left off.
class Replayed {
  public:
    explicit Replayed(ByteStream& stream) : stream_(stream) {
        do {
            const std::size_t size = head_.size();
            head_.resize(size + (std::size_t{1} << 12));
            const std::size_t got = stream_.read(std::span(head_).subspan(size));
            head_.resize(size + got);
            ended_ = got == 0;
        } while (!ended_ && first_byte() == '\0');
    }

    // The first byte that is no white space and no byte order mark; 0 where there is none yet.
    [[nodiscard]] char first_byte() const {
        const std::size_t begin = head_.starts_with("\xef\xbb\xbf") ? 3 : 0;
        const std::size_t at = head_.find_first_not_of(" \t\r\n", begin);
        return at == std::string::npos ? '\0' : head_[at];
    }

    std::size_t read(std::span<char> buffer) {
        if (given_ < head_.size()) {
            const std::size_t n = head_.copy(buffer.data(), buffer.size(), given_);
            given_ += n;
            return n;
        }
        return ended_ ? 0 : stream_.read(buffer);
    }

  private:
    ByteStream& stream_;
    std::string head_;
    std::size_t given_ = 0;
    bool ended_ = false;
};

Ingest fetch_stream(ByteStream stream, const std::string& name, const FetchOptions& options,
                    const Progress& progress) {
    Replayed replayed(stream);
    const ByteSource source = [&](std::span<char> buffer) { return replayed.read(buffer); };
    const char first = replayed.first_byte();
    if (first == '\0') {
        throw Error(ErrorKind::input, "cannot read the catalogue", name,
                    stream.fault().empty() ? "it is empty" : stream.fault());
    }
    Ingest ingest;
    if (first == '{' || first == '[') {
        CatalogueBuilder builder;
        read_json_shows(source, "", options.max_shows, builder, ingest.report, progress);
        ingest.catalogue = std::move(builder).build(ingest.report);
    } else {
        ingest = read_shows_csv(source, name, options.max_shows, progress);
    }
    ingest.report.source = name;
    if (!stream.fault().empty()) {
        ingest.report.cut_short = stream.fault();
    }
    if (ingest.catalogue.shows.empty()) {
        ingest.report.warnings.emplace_back("the source holds no shows");
    }
    return ingest;
}

}  // namespace

Ingest fetch_file(const std::filesystem::path& path, const FetchOptions& options, const Progress& progress) {
    return fetch_stream(ByteStream::of_file(path), path.string(), options, progress);
}

Ingest fetch_bytes(std::string_view bytes, const std::string& name, const FetchOptions& options,
                   const Progress& progress) {
    return fetch_stream(ByteStream::of_memory(bytes), name, options, progress);
}

}  // namespace bingefriend
