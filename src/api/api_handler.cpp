#include "api/api_handler.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <deque>
#include <optional>
#include <thread>
#include <utility>

#include "api/answer_queue.hpp"
#include "api/respond.hpp"
#include "http/proxies.hpp"
#include "http/server.hpp"

namespace bingefriend {
namespace {

namespace asio = boost::asio;

// I/O threads that have work go first, so that computations do not hold up reads.
void lower_priority_of_this_thread() {
    constexpr int nice = 10;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice);
}

// The rest of a large response.  Each chunk waits in the compute queue.
class RestOfBody final : public BodyStream {
  public:
    RestOfBody(std::unique_ptr<Exchange> exchange, AnswerQueue& queue)
        : exchange_(std::move(exchange)), queue_(queue) {}

    [[nodiscard]] Awaitable<std::optional<std::string>> next() override {
        queue_.take_place();
        Response chunk = co_await queue_.answer(*exchange_);
        if (!chunk.error.empty()) {
            co_return std::nullopt;
        }
        co_return std::move(chunk.body);
    }
    [[nodiscard]] bool is_done() const override { return !exchange_->has_more(); }

  private:
    std::unique_ptr<Exchange> exchange_;
    AnswerQueue& queue_;
};

}  // namespace

// With a local database the I/O threads read it: each has its own queue.  Else the database threads do.
struct ApiHandler::Threads {
    Threads(Service& of_api, HttpServer& server) : service(of_api) {
        std::atomic<std::uint64_t>& waiting = service.metrics.waiting_for_database;
        if (const std::size_t at_once = service.options.database_threads; at_once != 0) {
            indexed.emplace_back(service, database.get_executor(), at_once, waiting);
        } else {
            for (const NetworkExecutor& executor : server.executors()) {
                indexed.emplace_back(service, executor, 1, waiting, AnswerQueue::unbounded, &patient);
            }
        }
        for (std::size_t i = 0; i < compute_threads; ++i) {
            computers.emplace_back([this] {
                lower_priority_of_this_thread();
                const auto guard = asio::make_work_guard(computing);
                computing.run();
            });
        }
    }
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;
    ~Threads() {
        computing.stop();
        computers.clear();
        database.stop();
        database.join();
    }

    static constexpr std::size_t patient_threads = 2;

    Service& service;
    const std::size_t compute_threads = std::max<std::size_t>(service.options.compute_threads, 1);
    asio::thread_pool database{std::max(service.options.database_threads, patient_threads)};
    // Indexed reads that would block an I/O thread.
    AnswerQueue patient{service, database.get_executor(), patient_threads,
                        service.metrics.waiting_for_database};
    std::deque<AnswerQueue> indexed;  // one for the database threads, or one per I/O thread
    asio::io_context computing;
    AnswerQueue computed{service, computing.get_executor(), compute_threads,
                         service.metrics.waiting_to_compute, service.options.compute_queue};
    std::jthread watching{
        [this](const std::stop_token& stop) { service.editions.run(stop, service.options.watch_period); }};
    std::jthread checking{[this](const std::stop_token& stop) { service.generation_check.run(stop); }};
    std::vector<std::jthread> computers;
};

ApiHandler::ApiHandler(ServeOptions options, PublishedReader& reader)
    : service_(std::move(options), reader) {}

ApiHandler::~ApiHandler() = default;

std::vector<RouteName> ApiHandler::routes() const {
    std::vector<RouteName> names;
    for (const Route& route : bingefriend::routes()) {
        names.push_back({route.method, route.path});
    }
    return names;
}

bool ApiHandler::is_unlimited(const Request& request) const {
    return is_probe(request);
}

void ApiHandler::start(HttpServer& server) {
    service_.metrics.http = &server.metrics();
    service_.close_a_slow_client = [&server] { server.close_slowest_reader(); };
    threads_ = std::make_unique<Threads>(service_, server);
    // So that the first responses come from an edition.  Early clients wait in the system's queue.
    service_.editions.wait_for_first_look(std::chrono::seconds(1));
}

void ApiHandler::stop() {
    threads_.reset();
}

Awaitable<Response> ApiHandler::respond(const Request& request, std::size_t thread) {
    auto exchange = std::make_unique<Exchange>(service_, request);
    std::optional<Response> at_once = exchange->answer_at_once();
    Response response;
    if (at_once) {
        response = std::move(*at_once);
    } else if (AnswerQueue& queue = exchange->is_indexed_read()
                                        ? threads_->indexed[thread % threads_->indexed.size()]
                                        : threads_->computed;
               !queue.reserve_place()) {
        ++service_.metrics.refused_computations;
        response = exchange->busy();
    } else {
        response = co_await queue.answer(*exchange);
    }
    if (const Route* const route = exchange->route()) {
        response.route = static_cast<std::size_t>(route - bingefriend::routes().data());
    }
    if (exchange->has_more()) {
        response.rest = std::make_shared<RestOfBody>(std::move(exchange), threads_->computed);
    }
    co_return response;
}

void check(const ServeOptions& options) {
    (void)TrustedProxies(options.http.trusted_proxies);
}

void serve(const ServeOptions& options, PublishedReader& reader,
           const std::function<void(std::uint16_t port)>& listening) {
    HttpOptions http = options.http;
    http.files_of_others += 8 * (http.threads + options.database_threads);
    ApiHandler handler(options, reader);
    serve_until_signal(http, handler, [&](std::uint16_t port) {
        listening(port);
        if (options.api_key.empty() && !options.admin_open && !is_loopback(http.host)) {
            spdlog::warn("no API_KEY is set: stats, metrics, generations, distribution and runs answer 401");
        }
    });
}

}  // namespace bingefriend
