// The memory of the bodies that are being made and sent, over all requests.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace bingefriend {

// Thread-safe.
class BytesInFlight {
  public:
    // Counts bytes until it is destroyed, which may be after the counter.
    class Hold {
      public:
        Hold() = default;
        Hold(Hold&& other) noexcept
            : count_(std::move(other.count_)), bytes_(std::exchange(other.bytes_, 0)) {}
        Hold& operator=(Hold&& other) noexcept {
            std::swap(count_, other.count_);
            std::swap(bytes_, other.bytes_);
            return *this;
        }
        ~Hold() {
            if (count_) {
                *count_ -= bytes_;
            }
        }

      private:
        friend class BytesInFlight;
        using Count = std::shared_ptr<std::atomic<std::size_t>>;  // shared with those that outlive the server
        Hold(Count count, std::size_t bytes) : count_(std::move(count)), bytes_(bytes) { *count_ += bytes; }

        Count count_;
        std::size_t bytes_ = 0;
    };

    [[nodiscard]] Hold hold(std::size_t bytes) { return {count_, bytes}; }

    [[nodiscard]] std::size_t count() const noexcept { return *count_; }

  private:
    Hold::Count count_ = std::make_shared<std::atomic<std::size_t>>(0);
};

}  // namespace bingefriend
