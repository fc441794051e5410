#include "bytes/csv.hpp"

#include <csv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <utility>

namespace bingefriend {
namespace {

// libcsv calls back through C, which no exception may cross: the first one waits here.
struct Callbacks {
    CsvRows& rows;
    std::exception_ptr failure;

    template <typename Call>
    static void guarded(void* self, Call call) noexcept {
        auto& callbacks = *static_cast<Callbacks*>(self);
        if (callbacks.failure) {
            return;
        }
        try {
            call(callbacks.rows);
        } catch (...) {
            callbacks.failure = std::current_exception();
        }
    }
};

void on_field(void* text, std::size_t length, void* self) {
    Callbacks::guarded(self, [&](CsvRows& rows) { rows.field({static_cast<const char*>(text), length}); });
}

void on_row(int /*end*/, void* self) {
    Callbacks::guarded(self, [](CsvRows& rows) { rows.row(); });
}

// The source without a byte order mark at its beginning, which would hide a quote behind it.
class WithoutMark {
  public:
    explicit WithoutMark(const ByteSource& source) : source_(source) {}

    std::size_t read(std::span<char> buffer) {
        if (std::exchange(begun_, true)) {
            return source_(buffer);
        }
        std::size_t got = 0;
        for (std::size_t more = 1; more > 0 && got < mark.size(); got += more) {
            more = source_(buffer.subspan(got));
        }
        if (std::string_view(buffer.data(), got) == mark) {
            return source_(buffer);
        }
        if (std::string_view(buffer.data(), got).starts_with(mark)) {
            got -= mark.size();
            std::memmove(buffer.data(), buffer.data() + mark.size(), got);
        }
        return got;
    }

  private:
    static constexpr std::string_view mark = "\xef\xbb\xbf";
    const ByteSource& source_;
    bool begun_ = false;
};

constexpr std::size_t max_beginning = std::size_t{1} << 12;

}  // namespace

CsvEnd read_csv(const ByteSource& source, CsvRows& rows, std::size_t max_field_bytes) {
    csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        throw std::bad_alloc();
    }
    const std::unique_ptr<csv_parser, void (*)(csv_parser*)> freed(&parser, csv_free);
    csv_set_space_func(&parser, [](unsigned char) { return 0; });  // spaces belong to the fields
    csv_set_blk_size(&parser, std::size_t{1} << 16);               // what its buffer grows by

    Callbacks callbacks{rows, nullptr};
    WithoutMark bytes(source);
    CsvEnd end;
    std::vector<char> buffer(1 << 16);
    while (!rows.finished()) {
        const std::size_t got = bytes.read(buffer);
        end.beginning.append(buffer.data(), std::min(got, max_beginning - end.beginning.size()));
        const bool damaged =
            got == 0 ? csv_fini(&parser, on_field, on_row, &callbacks) != 0
                     : csv_parse(&parser, buffer.data(), got, on_field, on_row, &callbacks) != got;
        if (callbacks.failure) {
            std::rethrow_exception(callbacks.failure);
        }
        if (damaged) {
            end.fault =
                "has a quote that does not belong there or is never closed: write a quote twice, in a field "
                "within quotes";
        } else if (csv_get_buffer_size(&parser) > max_field_bytes) {
            end.fault =
                fmt::format("is longer than {} bytes: see whether a quote is not closed", max_field_bytes);
        }
        if (!end.fault.empty() || got == 0) {
            return end;
        }
    }
    return end;
}

std::string other_separator(std::string_view header) {
    for (const auto& [separator, called] :
         {std::pair{';', "semicolons"}, std::pair{'\t', "tabs"}, std::pair{'|', "bars"}}) {
        if (header.find(separator) < header.find(',')) {
            return fmt::format("its columns are separated by {}: write them with commas", called);
        }
    }
    return {};
}

std::string some_names(const std::vector<std::string>& names) {
    constexpr std::size_t max_names = 8;
    constexpr std::size_t max_bytes = 40;
    std::vector<std::string> shown;
    for (std::string name : names) {
        if (shown.size() == max_names) {
            break;
        }
        if (std::size_t end = max_bytes; name.size() > end) {
            while (end > 0 && (name[end] & 0xc0) == 0x80) {  // within a character of UTF-8
                --end;
            }
            name = name.substr(0, end) + "...";
        }
        shown.push_back(std::move(name));
    }
    return names.size() > max_names
               ? fmt::format("{} and {} more", fmt::join(shown, ", "), names.size() - max_names)
               : fmt::format("{}", fmt::join(shown, ", "));
}

}  // namespace bingefriend
