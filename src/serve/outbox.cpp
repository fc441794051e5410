#include "serve/outbox.hpp"

#include <sys/uio.h>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <ctime>
#include <utility>

namespace bingefriend {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

iovec part(const asio::const_buffer& bytes) {
    return {const_cast<void*>(bytes.data()), bytes.size()};
}

}  // namespace

Outbox::Outbox(asio::io_context& context, unsigned at_once) : context_(context) {
    if (::io_setup(static_cast<int>(at_once), &system_) != 0) {
        system_ = nullptr;
    }
}

Outbox::~Outbox() {
    if (system_ != nullptr) {
        ::io_destroy(system_);
    }
}

Awaitable<std::size_t> Outbox::send(NetworkSocket& socket, const Bytes& bytes) {
    return asio::async_initiate<decltype(awaited), void(error_code, std::size_t)>(
        [this, &socket, &bytes](Done done) {
            if (waiting_.empty()) {
                asio::post(context_, [this] { send_all(); });
            }
            waiting_.push_back({&socket, bytes, std::move(done)});
        },
        awaited);
}

void Outbox::send_all() {
    std::vector<Waiting> all = std::exchange(waiting_, {});
    const Sent sent = system_ == nullptr || all.size() == 1 ? each_by_itself(all) : at_once(all);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool failed = sent[i] < 0 && sent[i] != -EAGAIN;
        const error_code error(failed ? static_cast<int>(-sent[i]) : 0, boost::system::system_category());
        std::move(all[i].done)(error, sent[i] < 0 ? 0 : static_cast<std::size_t>(sent[i]));
    }
}

Outbox::Sent Outbox::each_by_itself(const std::vector<Waiting>& all) {
    Sent sent;
    for (const Waiting& one : all) {
        error_code error;
        const std::size_t bytes = one.socket->write_some(one.bytes, error);
        sent.push_back(error ? -error.value() : static_cast<long>(bytes));
    }
    return sent;
}

// Asynchronous input and output is at once for sockets that do not block: each is written to, or says that it
// would block, before io_submit returns.
Outbox::Sent Outbox::at_once(const std::vector<Waiting>& all) const {
    Sent sent(all.size(), -EBADF);
    std::vector<std::array<iovec, 2>> parts(all.size());
    std::vector<iocb> requests(all.size());
    std::vector<iocb*> in_order(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        parts[i] = {part(all[i].bytes[0]), part(all[i].bytes[1])};
        ::io_prep_pwritev(&requests[i], all[i].socket->native_handle(), parts[i].data(), 2, 0);
        requests[i].data = &sent[i];
        in_order[i] = &requests[i];
    }
    std::vector<io_event> events(all.size());
    for (std::size_t begin = 0; begin < all.size();) {
        const int taken =
            ::io_submit(system_, static_cast<long>(all.size() - begin), in_order.data() + begin);
        if (taken <= 0) {  // the first of them cannot be written to
            sent[begin++] = taken;
            continue;
        }
        begin += static_cast<std::size_t>(taken);
        timespec now{};
        const int told = ::io_getevents(system_, taken, taken, events.data(), &now);
        for (int i = 0; i < told; ++i) {
            *static_cast<long*>(events[static_cast<std::size_t>(i)].data) =
                static_cast<long>(events[static_cast<std::size_t>(i)].res);
        }
    }
    return sent;
}

}  // namespace bingefriend
