// Files that come one by one and are put in place together.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

// A hidden folder within `folder`, removed at the end.  REQUIRES: this process holds the folder's DataLock.
class DownloadFolder {
  public:
    // Removes what a download that was killed left.  Throws Error{unavailable} where it cannot be made.
    explicit DownloadFolder(std::filesystem::path folder);
    DownloadFolder(const DownloadFolder&) = delete;
    DownloadFolder& operator=(const DownloadFolder&) = delete;
    ~DownloadFolder();

    [[nodiscard]] static std::filesystem::path hidden_in(const std::filesystem::path& folder) {
        return folder / ".download";
    }

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return hidden_; }

    // REQUIRES: a plain file name.
    [[nodiscard]] std::filesystem::path place_of(std::string_view name) const { return hidden_ / name; }

    // Moves the files into the folder.  `key` is one of them, without which nothing reads the folder: it
    // is taken away first and put in place last, so that a process that is killed leaves no mixture.
    // Files of the names in `stale` are removed from the folder: the new ones replace them.
    void put_in_place(const std::vector<std::string>& names, const std::string& key,
                      const std::vector<std::string>& stale);

  private:
    std::filesystem::path folder_;
    std::filesystem::path hidden_;
};

}  // namespace bingefriend
