#include "fetch/fetch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "bytes/byte_stream.hpp"
#include "fetch/file_kind.hpp"
#include "fetch/json_shows.hpp"
#include "files/shows_csv.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_blanks = std::size_t{1} << 20;  // before the first show

// Reads on where a look at the beginning left off.
class Replayed {
  public:
    explicit Replayed(ByteStream& stream) : stream_(stream) {
        do {
            const std::size_t size = head_.size();
            head_.resize(std::max(2 * size, std::size_t{1} << 12));
            const std::size_t got = stream_.read(std::span(head_).subspan(size));
            head_.resize(size + got);
            ended_ = got == 0;
        } while (!ended_ && head_.size() < max_blanks && trimmed_widely(head_).empty());
    }

    [[nodiscard]] std::string_view head() const { return head_; }
    [[nodiscard]] bool is_whole() const { return ended_; }

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

[[noreturn]] void refuse_catalogue(const std::string& name, const std::string& why) {
    throw Error(ErrorKind::input, "cannot read the catalogue", name, why);
}

Ingest fetch_stream(ByteStream stream, const std::string& name, const FetchOptions& options,
                    const Progress& progress) {
    Replayed replayed(stream);
    const std::string_view text = trimmed_widely(replayed.head());
    if (const std::string why = why_not_text(replayed.head().substr(0, file_kind_bytes)); !why.empty()) {
        refuse_catalogue(name, why);
    }
    if (text.empty()) {
        refuse_catalogue(name, !stream.fault().empty()   ? stream.fault()
                               : replayed.head().empty() ? "it is empty"
                               : replayed.is_whole()
                                   ? "it is empty but for blanks"
                                   : "it begins with more than 1 MiB of blanks: remove them");
    }
    const ByteSource source = [&](std::span<char> buffer) { return replayed.read(buffer); };
    Ingest ingest;
    if (text.front() == '{' || text.front() == '[') {
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
    return fetch_stream(ByteStream::of_file(path, "catalogue"), path.string(), options, progress);
}

Ingest fetch_bytes(std::string_view bytes, const std::string& name, const FetchOptions& options,
                   const Progress& progress) {
    return fetch_stream(ByteStream::of_memory(bytes), name, options, progress);
}

}  // namespace bingefriend
