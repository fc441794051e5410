// Work on the rows 0 to n, shared among threads a block at a time.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "base/progress.hpp"

namespace bingefriend {

// Calls make_worker() once on each thread and the worker it gives with [begin, end) for every block of
// `block` rows.  threads 0: as many as the machine has.
// The first exception ends the work and is thrown again here.
template <std::size_t block = 64, typename MakeWorker>
void in_parallel(std::size_t n, std::size_t threads, const Progress& progress, MakeWorker make_worker) {
    std::atomic<std::size_t> next{0};
    std::size_t done = 0;
    std::exception_ptr failure;
    std::mutex mutex;  // guards done, failure and the calls of progress

    const auto run = [&] {
        try {
            auto worker = make_worker();
            for (std::size_t begin = next.fetch_add(block); begin < n; begin = next.fetch_add(block)) {
                const std::size_t end = std::min(n, begin + block);
                worker(begin, end);
                const std::lock_guard lock(mutex);
                done += end - begin;
                progress(done, n);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!failure) {
                failure = std::current_exception();
            }
            next = n;
        }
    };

    if (threads == 0) {
        threads = std::max(1u, std::thread::hardware_concurrency());
    }
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < std::min(threads, (n + block - 1) / block); ++i) {
            others.emplace_back(run);
        }
        run();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

}  // namespace bingefriend
