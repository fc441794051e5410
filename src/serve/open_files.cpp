#include "serve/open_files.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>

namespace bingefriend {

void allow_many_files() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
}

std::size_t connections_within_file_limit(const ServeOptions& options) {
    const std::size_t others = 32 + 8 * (options.threads + options.database_threads);
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= others + options.limits.connections) {
        return options.limits.connections;
    }
    const std::size_t most = files.rlim_cur > 2 * others ? files.rlim_cur - others : files.rlim_cur / 4;
    spdlog::warn("the process may open {} files: {} connections at once, not {}", files.rlim_cur, most,
                 options.limits.connections);
    return std::max<std::size_t>(most, 1);
}

}  // namespace bingefriend
