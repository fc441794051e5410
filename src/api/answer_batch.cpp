#include "api/answer_batch.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/error.hpp"

namespace bingefriend {
namespace {

// The lists that requests of one generation want, read in one batch.
struct ListBatch {
    explicit ListBatch(std::span<Exchange* const> waiting) {
        for (const Exchange* exchange : waiting) {
            if (exchange->wanted() && generation == 0) {
                generation = exchange->generation();
            }
            if (has(*exchange)) {
                shows.push_back(exchange->wanted()->show);
                n = std::max(n, exchange->wanted()->n);
            }
        }
    }
    [[nodiscard]] bool has(const Exchange& exchange) const {
        return generation != 0 && exchange.wanted() && exchange.generation() == generation;
    }
    // Throws GenerationGone.
    void read(PublishedReader& reader);

    std::int64_t generation = 0;
    std::vector<ShowId> shows;
    std::size_t n = 0;
    std::vector<std::vector<Recommendation>> lists;  // empty if each request reads its own
    std::exception_ptr error;                        // of all of them
};

void ListBatch::read(PublishedReader& reader) {
    try {
        lists = reader.lists(generation, shows, n);
    } catch (const GenerationGone&) {
        throw;
    } catch (const Error& e) {
        if (e.kind() != ErrorKind::damaged ||
            shows.size() == 1) {  // one damaged list must not fail the others
            error = std::current_exception();
        }
    } catch (const std::exception&) {
        error = std::current_exception();
    }
}

std::vector<Response> answers(Service& service, std::span<Exchange* const> waiting, Patience patience) {
    ListBatch batch(waiting);
    if (!batch.shows.empty()) {
        try {
            batch.read(service.reader);
        } catch (const GenerationGone&) {  // each takes the next edition
            if (patience == Patience::must_not_wait) {
                throw;
            }
        }
    }
    std::vector<Response> responses;
    responses.reserve(waiting.size());
    auto list = batch.lists.begin();
    for (Exchange* exchange : waiting) {
        std::optional<std::vector<Recommendation>> own;
        if (!batch.lists.empty() && batch.has(*exchange)) {
            own = std::move(*list++);
        }
        if (!exchange->has_memory()) {
            responses.push_back(exchange->busy());
        } else if (batch.error && batch.has(*exchange)) {
            responses.push_back(exchange->failed(batch.error));
        } else {
            responses.push_back(exchange->answer_from_database(patience, std::move(own)));
        }
    }
    return responses;
}

}  // namespace

std::optional<std::vector<Response>> answers_from_database(Service& service,
                                                           std::span<Exchange* const> waiting,
                                                           Patience patience) {
    if (patience == Patience::may_wait) {
        return answers(service, waiting, patience);
    }
    if (std::any_of(waiting.begin(), waiting.end(), [](const Exchange* e) { return e->needs_look(); })) {
        return {};
    }
    try {
        return answers(service, waiting, patience);
    } catch (const GenerationGone&) {
        return {};
    }
}

Response respond(Service& service, const Request& request) {
    Exchange exchange(service, request);
    std::optional<Response> response = exchange.answer_at_once();
    Exchange* const waiting = &exchange;
    return response ? std::move(*response)
                    : std::move(answers_from_database(service, {&waiting, 1}, Patience::may_wait)->front());
}

}  // namespace bingefriend
