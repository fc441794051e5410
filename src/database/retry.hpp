// Trying again what can pass: deadlocks, lost connections, a server that is failing over.
#pragma once

#include <chrono>
#include <thread>

#include "database/connection.hpp"

namespace bingefriend {

struct Retries {
    int attempts = 3;
    std::chrono::milliseconds first_pause{50};  // each pause is four times the one before
    bool reconnects = false;                    // whether `work` opens its connection itself
};

// Runs `work(attempt)`, attempts counted from 0; what cannot pass is thrown at once.
template <typename Work>
decltype(auto) with_retries(const Retries& policy, Work&& work) {
    std::chrono::milliseconds pause = policy.first_pause;
    for (int attempt = 0;; ++attempt) {
        try {
            return work(attempt);
        } catch (const DatabaseError& error) {
            const bool can_pass = error.failure() == Failure::passing ||
                                  (error.failure() == Failure::connection_lost && policy.reconnects);
            if (!can_pass || attempt + 1 >= policy.attempts) {
                throw;
            }
        }
        std::this_thread::sleep_for(pause);
        pause *= 4;
    }
}

}  // namespace bingefriend
