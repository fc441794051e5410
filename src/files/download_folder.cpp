#include "files/download_folder.hpp"

#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace bingefriend {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& place, const char* reason) {
    throw Error(ErrorKind::unavailable, "cannot download into the folder", place.string(),
                std::string(reason) + ": check the folder and its rights");
}

}  // namespace

DownloadFolder::DownloadFolder(std::filesystem::path folder)
    : folder_(std::move(folder)), hidden_(hidden_in(folder_)) {
    std::error_code error;
    std::filesystem::remove_all(hidden_, error);
    std::filesystem::create_directories(hidden_, error);
    if (error) {
        refuse(hidden_, error.message().c_str());
    }
}

DownloadFolder::~DownloadFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(hidden_, ignored);
}

void DownloadFolder::put_in_place(const std::vector<std::string>& names, const std::string& key,
                                  const std::vector<std::string>& stale) {
    try {
        std::filesystem::remove(folder_ / key);
        for (const std::string& name : names) {
            if (name != key) {
                std::filesystem::rename(hidden_ / name, folder_ / name);
            }
        }
        for (const std::string& name : stale) {
            std::filesystem::remove(folder_ / name);
        }
        std::filesystem::rename(hidden_ / key, folder_ / key);
    } catch (const std::filesystem::filesystem_error& error) {
        refuse(folder_, error.code().message().c_str());
    }
}

}  // namespace bingefriend
