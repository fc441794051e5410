// What a thread of the network has to send: all that it has ready leaves in one system call.
#pragma once

#include <libaio.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <vector>

#include "serve/network.hpp"

namespace bingefriend {

// Lives on the one thread that runs its context, which blocks SIGPIPE.  Is destroyed before the context.
class Outbox {
  public:
    using Bytes = std::array<boost::asio::const_buffer, 2>;

    // The system takes up to at_once answers at a time; 0, or where it cannot do that: each by itself.
    explicit Outbox(boost::asio::io_context& context, unsigned at_once = 64);
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;
    ~Outbox();

    // Sends when all that is ready on the thread has had its turn; as many bytes as the socket takes at once,
    // which may be none.  Throws boost::system::system_error where the other side is gone.  REQUIRES: the
    // socket is of the context and does not block; what `bytes` refers to stays until then.
    [[nodiscard]] Awaitable<std::size_t> send(NetworkSocket& socket, const Bytes& bytes);

  private:
    using Done = Continuation<boost::system::error_code, std::size_t>;
    struct Waiting {
        NetworkSocket* socket;
        Bytes bytes;
        Done done;
    };
    // The bytes that each was rid of, or the negative number of what is wrong.
    using Sent = std::vector<long>;

    void send_all();
    [[nodiscard]] static Sent each_by_itself(const std::vector<Waiting>& all);
    [[nodiscard]] Sent at_once(const std::vector<Waiting>& all) const;

    boost::asio::io_context& context_;
    io_context_t system_ = nullptr;
    std::vector<Waiting> waiting_;
};

}  // namespace bingefriend
