// Test server on a free loopback port that sends scripted responses.
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
    // Returns the bytes to send for a request's target ("/path?query") and number (from 0). Empty: close the
    // connection without a response. Called by one thread at a time.
    using Answer = std::function<std::string(const std::string& target, std::size_t number)>;

    // At the end of a response: send nothing more and keep the connection open until the client closes it.
    inline static const std::string silence = "\x1e...silence";

    explicit TestServer(Answer answer) : answer_(std::move(answer)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof(address);
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
            ::listen(listener_, 64) != 0 ||
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
        for (Connection& connection : connections_) {
            ::shutdown(connection.socket, SHUT_RDWR);
            connection.thread.join();
            ::close(connection.socket);
        }
        ::close(listener_);
    }

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    [[nodiscard]] std::vector<std::string> targets() const {
        const std::lock_guard lock(mutex_);
        return targets_;
    }
    // Full requests: line, headers, body.
    [[nodiscard]] std::vector<std::string> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

    static std::string response(int status, const std::string& body, const std::string& headers = {}) {
        return "HTTP/1.1 " + std::to_string(status) +
               " Status\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
               headers + "\r\n" + body;
    }

  private:
    struct Connection {
        int socket;
        std::thread thread;
    };

    void run() {
        for (int client = 0; (client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
            connections_.push_back({client, std::thread([this, client] {
                                        serve(client);
                                        ::shutdown(client, SHUT_RDWR);
                                    })});
        }
    }

    static bool receive(int client, std::string& bytes) {
        char buffer[4096];
        const ssize_t got = ::recv(client, buffer, sizeof(buffer), 0);
        bytes.append(buffer, got > 0 ? static_cast<std::size_t>(got) : 0);
        return got > 0;
    }

    void serve(int client) {
        std::string request;
        std::size_t head = 0;
        while ((head = request.find("\r\n\r\n")) == std::string::npos) {
            if (!receive(client, request)) {
                return;
            }
        }
        const std::size_t length = request.find("Content-Length: ");
        const std::size_t whole = head + 4 + (length < head ? std::stoul(request.substr(length + 16)) : 0);
        while (request.size() < whole) {
            if (!receive(client, request)) {
                return;
            }
        }
        std::string answer = answered(request);
        const bool silent = answer.ends_with(silence);
        answer.resize(answer.size() - (silent ? silence.size() : 0));
        for (std::size_t sent = 0; sent < answer.size();) {
            const ssize_t n = ::send(client, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) {
                return;
            }
            sent += static_cast<std::size_t>(n);
        }
        while (silent && receive(client, request)) {
        }
    }

    std::string answered(const std::string& request) {
        const std::size_t begin = request.find(' ') + 1;
        const std::string target = request.substr(begin, request.find(' ', begin) - begin);
        const std::lock_guard lock(mutex_);
        targets_.push_back(target);
        requests_.push_back(request);
        return answer_(target, targets_.size() - 1);
    }

    Answer answer_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;  // guards targets_, requests_ and calls of answer_
    std::vector<std::string> targets_;
    std::vector<std::string> requests_;
    std::vector<Connection> connections_;  // used by thread_ until it ends
    std::thread thread_;
};

}  // namespace bingefriend
