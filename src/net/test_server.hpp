// A real HTTP server on a free port of the loopback that gives scripted answers.  For tests.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace bingefriend {

class TestServer {
  public:
    // Given the target of a request ("/path?query") and its number, from 0: the bytes to send.
    // No bytes: the connection is closed without an answer.
    using Answer = std::function<std::string(const std::string& target, std::size_t number)>;

    explicit TestServer(Answer answer) : answer_(std::move(answer)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof(address);
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
            ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
            throw std::runtime_error("the test server cannot listen");
        }
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;
    ~TestServer() {
        ::shutdown(listener_, SHUT_RDWR);  // accept returns
        thread_.join();
        ::close(listener_);
    }

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    [[nodiscard]] std::vector<std::string> targets() const {
        const std::lock_guard lock(mutex_);
        return targets_;
    }

    static std::string response(int status, const std::string& body, const std::string& headers = {}) {
        return "HTTP/1.1 " + std::to_string(status) +
               " Status\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
               headers + "\r\n" + body;
    }

  private:
    void run() {
        for (int client = 0; (client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
            serve(client);
            ::close(client);
        }
    }

    void serve(int client) {
        std::string request;
        char buffer[4096];
        while (request.find("\r\n\r\n") == std::string::npos) {
            const ssize_t got = ::recv(client, buffer, sizeof(buffer), 0);
            if (got <= 0) {
                return;
            }
            request.append(buffer, static_cast<std::size_t>(got));
        }
        const std::size_t begin = request.find(' ') + 1;
        const std::string target = request.substr(begin, request.find(' ', begin) - begin);
        std::size_t number = 0;
        {
            const std::lock_guard lock(mutex_);
            number = targets_.size();
            targets_.push_back(target);
        }
        const std::string answer = answer_(target, number);
        for (std::size_t sent = 0; sent < answer.size();) {
            const ssize_t n = ::send(client, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) {
                return;
            }
            sent += static_cast<std::size_t>(n);
        }
    }

    Answer answer_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;  // guards targets_
    std::vector<std::string> targets_;
    std::thread thread_;
};

}  // namespace bingefriend
