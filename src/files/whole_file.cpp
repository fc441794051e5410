#include "files/whole_file.hpp"

#include <fmt/format.h>

#include <fstream>

#include "files/refuse.hpp"

namespace bingefriend {

std::string read_whole_file(const std::filesystem::path& path, std::size_t max_bytes) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) {
        refuse_file(path.string(), "it is not there or may not be read");
    }
    const std::streamoff size = file.tellg();
    if (size < 0 || static_cast<std::size_t>(size) > max_bytes) {
        refuse_file(path.string(), fmt::format("it is larger than {} bytes", max_bytes));
    }
    std::string bytes(static_cast<std::size_t>(size), '\0');
    file.seekg(0);
    if (!file.read(bytes.data(), size)) {
        refuse_file(path.string(), "the disk failed");
    }
    return bytes;
}

}  // namespace bingefriend
