#include "files/matrix_file.hpp"

#include <array>
#include <string_view>

#include "base/atomic_file.hpp"
#include "files/npy.hpp"

namespace bingefriend {

void write_matrix(const std::filesystem::path& path, std::size_t n, std::span<const double> values) {
    AtomicFile file(path);
    file.write(npy_header("<f8", std::array{n, n}));
    file.write(std::string_view(reinterpret_cast<const char*>(values.data()), values.size_bytes()));
    file.commit();
}

}  // namespace bingefriend
