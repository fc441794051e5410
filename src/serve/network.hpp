// What runs on the threads of the network: each has a context of its own, whose executor is named here, as
// Asio's general one costs more than a small answer.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bingefriend {

using NetworkExecutor = boost::asio::io_context::executor_type;
using NetworkSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, NetworkExecutor>;
template <typename T>
using Awaitable = boost::asio::awaitable<T, NetworkExecutor>;
inline constexpr boost::asio::use_awaitable_t<NetworkExecutor> awaited;

// What goes on with a coroutine that waits for Results; called once, on its thread.
template <typename... Results>
using Continuation = typename boost::asio::async_result<boost::asio::use_awaitable_t<NetworkExecutor>,
                                                        void(Results...)>::handler_type;

}  // namespace bingefriend
