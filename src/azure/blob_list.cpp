#include "azure/blob_list.hpp"

#include <expat.h>

#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <type_traits>

#include "base/error.hpp"
#include "base/numbers.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_depth = 16;

// Expat calls back through C, which no exception may cross: the first one waits in `failure`.
struct PageReader {
    XML_Parser parser;
    BlobPage page;
    std::vector<std::string> path;
    std::string text;
    std::exception_ptr failure;

    template <typename Call>
    void guarded(Call call) noexcept {
        try {
            call();
        } catch (...) {
            failure = std::current_exception();
            XML_StopParser(parser, XML_FALSE);
        }
    }

    void begin(const char* name) {
        path.emplace_back(name);
        text.clear();
        if (path.size() > max_depth) {
            XML_StopParser(parser, XML_FALSE);
        } else if (is_at({"EnumerationResults", "Blobs", "Blob"})) {
            page.blobs.emplace_back();
        }
    }

    void end() {
        if (is_at({"EnumerationResults", "NextMarker"})) {
            page.next_marker = text;
        } else if (is_at({"EnumerationResults", "Blobs", "Blob", "Name"})) {
            page.blobs.back().name = text;
        } else if (is_at({"EnumerationResults", "Blobs", "Blob", "Properties", "Etag"})) {
            page.blobs.back().etag = text;
        } else if (is_at({"EnumerationResults", "Blobs", "Blob", "Properties", "Content-Length"})) {
            page.blobs.back().size = parse_number<std::uint64_t>(text).value_or(0);
        }
        path.pop_back();
        text.clear();
    }

    [[nodiscard]] bool is_at(std::initializer_list<std::string_view> names) const {
        return std::equal(path.begin(), path.end(), names.begin(), names.end());
    }
};

}  // namespace

BlobPage parse_blob_page(std::string_view xml, const std::string& where) {
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)> parser(
        XML_ParserCreate(nullptr), XML_ParserFree);
    if (!parser) {
        throw std::bad_alloc();
    }
    PageReader reader{.parser = parser.get()};
    XML_SetUserData(parser.get(), &reader);
    XML_SetElementHandler(
        parser.get(),
        [](void* self, const char* name, const char**) {
            auto& r = *static_cast<PageReader*>(self);
            r.guarded([&] { r.begin(name); });
        },
        [](void* self, const char*) {
            auto& r = *static_cast<PageReader*>(self);
            r.guarded([&] { r.end(); });
        });
    XML_SetCharacterDataHandler(parser.get(), [](void* self, const char* text, int length) {
        auto& r = *static_cast<PageReader*>(self);
        r.guarded([&] { r.text.append(text, static_cast<std::size_t>(length)); });
    });
    const bool fits = xml.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max());
    const bool parsed =
        fits && XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), 1) == XML_STATUS_OK;
    if (reader.failure) {
        std::rethrow_exception(reader.failure);
    }
    if (!parsed) {
        throw Error(ErrorKind::unavailable, "the list of blobs cannot be read", where,
                    "its answer is no XML: check that the address is that of blob storage");
    }
    return std::move(reader.page);
}

}  // namespace bingefriend
