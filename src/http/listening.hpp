// What a server needs of the system: a listening socket, and open files for its connections.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>

#include "http/options.hpp"

namespace bingefriend {

// Listens at once.  Throws Error{conflict} if the port is in use, Error{usage} for an invalid host.
[[nodiscard]] boost::asio::ip::tcp::acceptor listening_acceptor(boost::asio::io_context& context,
                                                                const HttpOptions& options);

// Raises the process's limit of open files to its hard limit.
void allow_many_files();

// The configured number of connections, or fewer, with a warning, so that the rest of the process keeps its
// files.
[[nodiscard]] std::size_t connections_within_file_limit(const HttpOptions& options);

}  // namespace bingefriend
