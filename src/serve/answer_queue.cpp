#include "serve/answer_queue.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <utility>
#include <vector>

namespace bingefriend {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

// That are read at once: the first of them is answered when all are read.
constexpr std::size_t most = PublishedReader::most_lists;

}  // namespace

Awaitable<Response> AnswerQueue::answer(Exchange& exchange) {
    return asio::async_initiate<decltype(awaited), void(Response)>(
        [this, &exchange](Done done) {
            push({&exchange, Clock::now(), std::move(done)});
        },
        awaited);
}

// On the thread that waits.
void AnswerQueue::go_on(Waiting waiting, Response answer) {
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
    if (at_work_ < at_once_) {
        ++at_work_;
        asio::post(executor_, [this] { answer_some(); });
    }
}

// As many as ask for lists, or one that asks for something else, which may take longer.  Empty where nobody
// waits: the thread that asks for more is free then.
std::vector<AnswerQueue::Waiting> AnswerQueue::taken() {
    std::vector<Waiting> some;
    const std::scoped_lock lock(mutex_);
    while (!waiting_.empty() && some.size() < most &&
           (some.empty() || (some.back().exchange->wanted() && waiting_.front().exchange->wanted()))) {
        some.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    reserved_ -= some.size();
    at_work_ -= some.empty() ? 1 : 0;
    return some;
}

void AnswerQueue::answer_some() {
    std::vector<Waiting> some = taken();
    if (some.empty()) {
        return;
    }
    count_ -= some.size();
    const Clock::time_point too_long_ago = Clock::now() - service_.options.queue_timeout;
    std::vector<Waiting> in_time;
    std::vector<Exchange*> exchanges;
    for (Waiting& waiting : some) {
        Exchange* const exchange = waiting.exchange;
        if (waiting.since < too_long_ago && !exchange->has_more()) {
            go_on(std::move(waiting), exchange->busy());
        } else {
            exchanges.push_back(exchange);
            in_time.push_back(std::move(waiting));
        }
    }
    const Patience patience = patient_ == nullptr ? Patience::may_wait : Patience::must_not_wait;
    std::optional<std::vector<Response>> answers = answers_from_database(service_, exchanges, patience);
    for (std::size_t at = 0; at < in_time.size(); ++at) {
        if (answers) {
            go_on(std::move(in_time[at]), std::move((*answers)[at]));
        } else {
            patient_->take_place();
            patient_->push(std::move(in_time[at]));
        }
    }
    asio::post(executor_, [this] { answer_some(); });
}

}  // namespace bingefriend
