// The readers of the database that the server holds: each is lent to one request at a time.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "domain/published.hpp"

namespace bingefriend {

// One reader, opened when it is first needed.
class ReaderSource {
  public:
    explicit ReaderSource(ReaderFactory open) : open_(std::move(open)) {}

    // Throws as the factory does.
    [[nodiscard]] PublishedReader& reader() {
        if (!reader_) {
            reader_ = open_();
        }
        return *reader_;
    }

    // The next question opens a new one.
    void discard() noexcept { reader_.reset(); }

  private:
    ReaderFactory open_;
    std::unique_ptr<PublishedReader> reader_;
};

// As many sources as were ever in use at once: one a thread that asks.  Any thread.
class Readers {
  public:
    explicit Readers(ReaderFactory open) : open_(std::move(open)) {}

    class Lease {
      public:
        explicit Lease(Readers& from) : from_(from), source_(from.taken()) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { from_.give_back(std::move(source_)); }

        [[nodiscard]] ReaderSource& source() { return *source_; }

      private:
        Readers& from_;
        std::unique_ptr<ReaderSource> source_;
    };

    struct Count {
        std::size_t in_use = 0, idle = 0;
    };
    [[nodiscard]] Count count() const {
        const std::scoped_lock lock(mutex_);
        return {in_use_, idle_.size()};
    }

  private:
    std::unique_ptr<ReaderSource> taken() {
        const std::scoped_lock lock(mutex_);
        ++in_use_;
        if (idle_.empty()) {
            return std::make_unique<ReaderSource>(open_);
        }
        std::unique_ptr<ReaderSource> source = std::move(idle_.back());
        idle_.pop_back();
        return source;
    }
    void give_back(std::unique_ptr<ReaderSource> source) {
        const std::scoped_lock lock(mutex_);
        --in_use_;
        idle_.push_back(std::move(source));
    }

    ReaderFactory open_;
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<ReaderSource>> idle_;
    std::size_t in_use_ = 0;
};

}  // namespace bingefriend
