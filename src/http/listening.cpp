#include "http/listening.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <string>

#include "base/error.hpp"

namespace bingefriend {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

}  // namespace

tcp::acceptor listening_acceptor(asio::io_context& context, const HttpOptions& options) {
    const std::string where = options.host + ":" + std::to_string(options.port);
    error_code error;
    const asio::ip::address address =
        asio::ip::make_address(options.host == "localhost" ? "127.0.0.1" : options.host, error);
    if (error) {
        throw Error(ErrorKind::usage, "the host is not an IP address", options.host,
                    "give --host 127.0.0.1, 0.0.0.0 or ::");
    }
    tcp::acceptor acceptor(context);
    const tcp::endpoint endpoint(address, options.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) {
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
        acceptor.bind(endpoint, error);
    }
    if (!error) {
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error == asio::error::address_in_use) {
        throw Error(ErrorKind::conflict, "the port is in use", where, "choose another with --port");
    }
    if (error) {
        throw Error(ErrorKind::unavailable, "cannot listen", where, error.message());
    }
    return acceptor;
}

void allow_many_files() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
}

std::size_t connections_within_file_limit(const HttpOptions& options) {
    const std::size_t others = options.files_of_others;
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= others + options.limits.connections) {
        return options.limits.connections;
    }
    const std::size_t most = files.rlim_cur > 2 * others ? files.rlim_cur - others : files.rlim_cur / 4;
    spdlog::warn("the process may open {} files: {} connections at once instead of {}", files.rlim_cur, most,
                 options.limits.connections);
    return std::max<std::size_t>(most, 1);
}

}  // namespace bingefriend
