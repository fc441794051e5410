// A client that speaks to a server byte by byte.  For tests.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace bingefriend {

class Client {
  public:
    // receive_buffer: of the socket, in bytes; 0: the system's default.  `from`: the client's own address.
    explicit Client(std::uint16_t port, int receive_buffer = 0, const char* from = "127.0.0.1")
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        if (receive_buffer != 0) {
            ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof(receive_buffer));
        }
        sockaddr_in own{};
        own.sin_family = AF_INET;
        ::inet_pton(AF_INET, from, &own.sin_addr);
        if (::bind(socket_, reinterpret_cast<sockaddr*>(&own), sizeof(own)) != 0) {
            throw std::system_error(errno, std::generic_category(), from);
        }
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client() { ::close(socket_); }

    [[nodiscard]] bool connected() const { return connected_; }
    void send(const std::string& bytes) const {
        ASSERT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(bytes.size()));
    }

    // Sends nothing more.
    void end() const { ::shutdown(socket_, SHUT_WR); }

    // Until the server closes.
    std::string rest() {
        while (receive()) {
        }
        return std::exchange(pending_, {});
    }

    // What arrives up to and including `end`, or until the server closes.
    std::string until(std::string_view end) {
        std::size_t at = std::string::npos;
        for (std::size_t looked_at = 0; (at = pending_.find(end, looked_at)) == std::string::npos;) {
            looked_at = pending_.size() - std::min(pending_.size(), end.size());
            if (!receive()) {
                return std::exchange(pending_, {});
            }
        }
        std::string first = pending_.substr(0, at + end.size());
        pending_.erase(0, first.size());
        return first;
    }

    // One response, with a body as long as its Content-Length.
    std::string answer(bool with_body = true) {
        std::size_t end = std::string::npos;
        while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
            if (!receive()) {
                return std::exchange(pending_, {});
            }
        }
        const std::size_t at = pending_.find("Content-Length: ");
        std::size_t length = end + 4;
        length += with_body && at < end ? std::stoul(pending_.substr(at + 16)) : 0;
        while (pending_.size() < length && receive()) {
        }
        std::string first = pending_.substr(0, length);
        pending_.erase(0, length);
        return first;
    }

  private:
    bool receive() {
        char buffer[8192];
        const ssize_t got = ::recv(socket_, buffer, sizeof(buffer), 0);
        if (got > 0) {
            pending_.append(buffer, static_cast<std::size_t>(got));
        }
        return got > 0;
    }

    int socket_;
    bool connected_ = false;
    std::string pending_;
};

inline std::string get(const std::string& target, const std::string& headers = {}) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
}

}  // namespace bingefriend
