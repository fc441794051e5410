#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "app/commands/command.hpp"
#include "app/published.hpp"
#include "console/standard_output.hpp"

namespace bingefriend {
namespace {

struct ExportOptions {
    std::string format = "ndjson";
    std::optional<std::filesystem::path> output;
    DatabaseOptions database;
};

void add_options(OptionList& list, ExportOptions& options) {
    append(list, {{"--format", &options.format, "ndjson or csv", Choices{"ndjson", "csv"}},
                  {"-o,--output", &options.output, "Output file (default: standard output)", "FILE"}});
    add_options(list, options.database);
}

// The file of an export, or standard output.
class ExportOutput {
  public:
    explicit ExportOutput(const std::optional<std::filesystem::path>& path)
        : name_(path ? path->string() : ""), file_(path ? std::fopen(path->c_str(), "wb") : nullptr) {
        if (path && file_ == nullptr) {
            fail();
        }
    }
    ExportOutput(const ExportOutput&) = delete;
    ExportOutput& operator=(const ExportOutput&) = delete;
    ~ExportOutput() {
        if (file_ != nullptr) {
            std::fclose(file_);
        }
    }

    void write(const std::string& text) {
        if (file_ == nullptr) {
            write_output(text);
        } else if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) {
            fail();
        }
    }

    void close() {
        if (file_ != nullptr && std::fclose(std::exchange(file_, nullptr)) != 0) {
            fail();
        }
    }

  private:
    [[noreturn]] void fail() const {
        throw Error(ErrorKind::unavailable, "cannot write the export", name_, std::strerror(errno));
    }

    std::string name_;
    std::FILE* file_;  // null: standard output
};

void append_parts(fmt::memory_buffer& text, std::string_view separator, const Recommendation& r,
                  const PartList& shown) {
    for (const PartDefinition& d : shown) {
        fmt::format_to(std::back_inserter(text), "{}{}", separator, r.parts[d.part]);
    }
}

void append_ndjson(fmt::memory_buffer& text, ShowId show, std::span<const Recommendation> list,
                   const PartList& shown) {
    auto to = std::back_inserter(text);
    fmt::format_to(to, "{{\"id\": {}, \"top\": [", to_number(show));
    for (const Recommendation& r : list) {
        fmt::format_to(to, "{}[{}, {}", &r == list.data() ? "" : ", ", to_number(r.show), r.score);
        append_parts(text, ", ", r, shown);
        fmt::format_to(to, "]");
    }
    fmt::format_to(to, "]}}\n");
}

void append_csv(fmt::memory_buffer& text, ShowId show, std::span<const Recommendation> list,
                const PartList& shown) {
    auto to = std::back_inserter(text);
    std::size_t position = 0;
    for (const Recommendation& r : list) {
        fmt::format_to(to, "{},{},{},{}", to_number(show), ++position, to_number(r.show), r.score);
        append_parts(text, ",", r, shown);
        fmt::format_to(to, "\r\n");
    }
}

void run_export(const ExportOptions& options, const Environment& environment) {
    const auto reader = store_of(options.database, environment)->reader();
    const Generation generation = current_or_error(*reader);
    const PartList shown = shown_parts(generation.ranking.weights);
    ExportOutput output(options.output);
    const bool csv = options.format == "csv";
    if (csv) {
        std::string header = "show_id,position,similar_show_id,similarity_score";
        for (const PartDefinition& d : shown) {
            header.append(",").append(d.score_key);
        }
        output.write(header + "\r\n");
    }
    reader->for_each_list(generation.number, [&](ShowId show, std::span<const Recommendation> list) {
        fmt::memory_buffer text;
        (csv ? append_csv : append_ndjson)(text, show, list, shown);
        output.write(fmt::to_string(text));
    });
    output.close();
}

}  // namespace

Command export_command() {
    return make_command("export", "Write every list, to a file or standard output", run_export);
}

}  // namespace bingefriend
