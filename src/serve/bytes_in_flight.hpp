// The memory of the bodies that are being made and sent, over all requests.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace bingefriend {

// Thread-safe.
class BytesInFlight {
  public:
    // Counts bytes until it is destroyed.
    class Hold {
      public:
        Hold() = default;
        Hold(Hold&& other) noexcept
            : count_(std::exchange(other.count_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
        Hold& operator=(Hold&& other) noexcept {
            std::swap(count_, other.count_);
            std::swap(bytes_, other.bytes_);
            return *this;
        }
        ~Hold() {
            if (count_ != nullptr) {
                *count_ -= bytes_;
            }
        }

      private:
        friend class BytesInFlight;
        Hold(std::atomic<std::size_t>& count, std::size_t bytes) : count_(&count), bytes_(bytes) {
            count += bytes;
        }

        std::atomic<std::size_t>* count_ = nullptr;
        std::size_t bytes_ = 0;
    };

    // REQUIRES: the hold ends before this object does.
    [[nodiscard]] Hold hold(std::size_t bytes) { return {count_, bytes}; }

    [[nodiscard]] std::size_t count() const noexcept { return count_; }

  private:
    std::atomic<std::size_t> count_ = 0;
};

}  // namespace bingefriend
