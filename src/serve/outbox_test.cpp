// Answers that leave together.
#include "serve/outbox.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <csignal>
#include <deque>
#include <optional>
#include <string>

namespace bingefriend {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t many = 200;  // more than the system takes at a time

// The parameter: how many that is.
class AnOutbox : public testing::TestWithParam<unsigned> {
  protected:
    struct Sending {
        std::string head, body;
        std::optional<std::size_t> sent;  // none where it failed
        error_code error;
    };

    // A client on the loopback, and the server's side of it.
    void connect() {
        clients_.emplace_back(context_).connect(acceptor_.local_endpoint());
        NetworkSocket& socket = sockets_.emplace_back(context_);
        acceptor_.accept(socket);
        socket.non_blocking(true);
    }
    void send(std::size_t to, std::string head, std::string body) {
        Sending& sending = sendings_.emplace_back(Sending{std::move(head), std::move(body), {}, {}});
        asio::co_spawn(
            context_,
            [this, &sending, to]() -> Awaitable<void> {
                try {
                    sending.sent = co_await outbox_.send(
                        sockets_[to], {asio::buffer(sending.head), asio::buffer(sending.body)});
                } catch (const boost::system::system_error& failure) {
                    sending.error = failure.code();
                }
            },
            asio::detached);
    }
    void SetUp() override {
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe, &before_);
    }
    void TearDown() override { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

    sigset_t before_{};
    asio::io_context context_{1};
    Outbox outbox_{context_, GetParam()};
    tcp::acceptor acceptor_{context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
    std::deque<tcp::socket> clients_;
    std::deque<NetworkSocket> sockets_;
    std::deque<Sending> sendings_;
};

TEST_P(AnOutbox, sends_each_client_its_own_answer) {
    for (std::size_t i = 0; i < many; ++i) {
        connect();
        send(i, "head " + std::to_string(i) + '\n', std::string(10 * i, 'b'));
    }
    context_.run();
    for (std::size_t i = 0; i < many; ++i) {
        const std::string wanted = sendings_[i].head + sendings_[i].body;
        EXPECT_EQ(sendings_[i].sent, wanted.size());
        std::string got(wanted.size(), '\0');
        asio::read(clients_[i], asio::buffer(got));
        EXPECT_EQ(got, wanted);
    }
}

TEST_P(AnOutbox, tells_who_is_gone_and_who_does_not_read_and_sends_to_the_others) {
    for (int i = 0; i < 5; ++i) {
        connect();
    }
    clients_[0].set_option(asio::socket_base::linger(true, 0));
    clients_[0].close();
    sockets_[0].wait(tcp::socket::wait_read);  // until it is told
    sockets_[1].close();
    error_code full;
    while (!full) {
        sockets_[2].write_some(asio::buffer(std::string(100'000, 'x')), full);
    }
    const std::string large(50'000'000, 'l');
    send(0, "to nobody", "");
    send(1, "nor here", "");
    send(2, "", large);  // which finds no room, or little
    send(3, "", large);
    send(4, "to one", " who does");
    context_.run();
    EXPECT_TRUE(sendings_[0].error);
    EXPECT_TRUE(sendings_[1].error);
    for (const std::size_t i : {2u, 3u}) {
        EXPECT_FALSE(sendings_[i].error);
        EXPECT_LT(sendings_[i].sent, large.size()) << "who does not read";
    }
    EXPECT_GT(sendings_[3].sent, 0u);
    EXPECT_EQ(sendings_[4].sent, 15u);
    std::string got(15, '\0');
    asio::read(clients_[4], asio::buffer(got));
    EXPECT_EQ(got, "to one who does");
}

INSTANTIATE_TEST_SUITE_P(Given, AnOutbox, testing::Values(0u, 1u, 64u));

}  // namespace
}  // namespace bingefriend
