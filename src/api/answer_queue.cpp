#include "api/answer_queue.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <utility>
#include <vector>

#include "api/answer_batch.hpp"

namespace bingefriend {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

// Lists per batch.  The first of them is answered when all are read.
constexpr std::size_t max_batch = PublishedReader::max_lists;

}  // namespace

Awaitable<Response> AnswerQueue::answer(Exchange& exchange) {
    return asio::async_initiate<decltype(awaited), void(Response)>(
        [this, &exchange](Done done) {
            push({&exchange, Clock::now(), std::move(done)});
        },
        awaited);
}

// Resumes the request on its own thread.
void AnswerQueue::resume(Waiting waiting, Response answer) {
    const auto executor = asio::get_associated_executor(waiting.done);
    asio::dispatch(executor, [done = std::move(waiting.done), answer = std::move(answer)]() mutable {
        std::move(done)(std::move(answer));
    });
}

bool AnswerQueue::reserve_place() {
    const std::scoped_lock lock(mutex_);
    if (reserved_ >= capacity_) {
        return false;
    }
    ++reserved_;
    return true;
}

void AnswerQueue::take_place() {
    const std::scoped_lock lock(mutex_);
    ++reserved_;
}

void AnswerQueue::push(Waiting waiting) {
    ++count_;
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(waiting));
    if (active_workers_ < at_once_) {
        ++active_workers_;
        asio::post(executor_, [this] { answer_batch(); });
    }
}

// All waiting requests for lists up to the next other request, or one other request, which may take longer.
// If none waits, the calling worker becomes idle.
std::vector<AnswerQueue::Waiting> AnswerQueue::pop_batch() {
    std::vector<Waiting> batch;
    const std::scoped_lock lock(mutex_);
    while (!waiting_.empty() && batch.size() < max_batch &&
           (batch.empty() || (batch.back().exchange->wanted() && waiting_.front().exchange->wanted()))) {
        batch.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    reserved_ -= batch.size();
    active_workers_ -= batch.empty() ? 1 : 0;
    return batch;
}

void AnswerQueue::answer_batch() {
    std::vector<Waiting> batch = pop_batch();
    if (batch.empty()) {
        return;
    }
    count_ -= batch.size();
    const Clock::time_point oldest_allowed = Clock::now() - service_.options.queue_timeout;
    std::vector<Waiting> in_time;
    std::vector<Exchange*> exchanges;
    for (Waiting& waiting : batch) {
        Exchange* const exchange = waiting.exchange;
        if (waiting.since < oldest_allowed && !exchange->has_more()) {
            resume(std::move(waiting), exchange->busy());
        } else {
            exchanges.push_back(exchange);
            in_time.push_back(std::move(waiting));
        }
    }
    const Patience patience = patient_ == nullptr ? Patience::may_wait : Patience::must_not_wait;
    std::optional<std::vector<Response>> answers = answers_from_database(service_, exchanges, patience);
    for (std::size_t at = 0; at < in_time.size(); ++at) {
        if (answers) {
            resume(std::move(in_time[at]), std::move((*answers)[at]));
        } else {
            patient_->take_place();
            patient_->push(std::move(in_time[at]));
        }
    }
    asio::post(executor_, [this] { answer_batch(); });
}

}  // namespace bingefriend
