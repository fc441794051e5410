#include "azure/run_manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "files/json_count.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::ordered_json;

constexpr int manifest_format = 1;
constexpr std::size_t max_files = 64;
constexpr std::size_t max_dimensions = 8;

[[noreturn]] void refuse_manifest(const std::string& where, std::string_view what) {
    throw Error(ErrorKind::input, "the manifest cannot be used", where,
                fmt::format("{}: run `bingefriend upload` again", what));
}

// One step of a path at most: it cannot leave the folder it is put in, nor hide in it.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= 100 && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '.';
           });
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

ManifestFile file_of(const Json& json) {
    ManifestFile file{.name = json.at("name").get<std::string>(),
                      .size = count_in(json.at("size")),
                      .sha256 = json.at("sha256").get<std::string>()};
    for (const Json& extent : json.at("shape")) {
        file.shape.push_back(count_in(extent));
    }
    return file;
}

void check(const RunManifest& manifest, const std::string& where) {
    std::set<std::string_view> names;
    for (const ManifestFile& file : manifest.files) {
        if (!is_plain_name(file.name)) {
            refuse_manifest(where,
                            fmt::format("the name \"{}\" would leave the folder", file.name.substr(0, 200)));
        }
        if (!names.insert(file.name).second) {
            refuse_manifest(where, fmt::format("it names {} twice", file.name));
        }
        if (!is_sha256(file.sha256) || file.shape.size() > max_dimensions) {
            refuse_manifest(where, fmt::format("what it says of {} cannot be", file.name));
        }
    }
    if (manifest.files.size() > max_files) {
        refuse_manifest(where, fmt::format("it names more than {} files", max_files));
    }
    if (!is_plain_name(manifest.run) || (!manifest.previous.empty() && !is_plain_name(manifest.previous))) {
        refuse_manifest(where, "its run has a name that none can have");
    }
}

}  // namespace

std::string manifest_json(const RunManifest& manifest) {
    Json files = Json::array();
    for (const ManifestFile& file : manifest.files) {
        files.push_back(
            {{"name", file.name}, {"size", file.size}, {"sha256", file.sha256}, {"shape", file.shape}});
    }
    const Json json{{"format", manifest_format},
                    {"run", manifest.run},
                    {"previous", manifest.previous},
                    {"created_at", manifest.created_at},
                    {"files", std::move(files)}};
    return json.dump(1) + '\n';
}

RunManifest parse_manifest(std::string_view text, const std::string& where) {
    RunManifest manifest;
    try {
        const Json json = Json::parse(text);
        if (const Json& version = json.at("format"); version != manifest_format) {
            refuse_manifest(where, "it is of another format: a newer bingefriend wrote it");
        }
        json.at("run").get_to(manifest.run);
        json.at("previous").get_to(manifest.previous);
        json.at("created_at").get_to(manifest.created_at);
        for (const Json& file : json.at("files")) {
            manifest.files.push_back(file_of(file));
        }
    } catch (const Json::exception&) {
        refuse_manifest(where, "it is not the JSON expected");
    }
    check(manifest, where);
    return manifest;
}

}  // namespace bingefriend
