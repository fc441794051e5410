// How long work tells where it is.
#pragma once

#include <cstddef>
#include <functional>

namespace bingefriend {

// Called now and then, from one thread at a time, with the units done; total is 0 where it is not known.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

inline void no_progress(std::size_t /*done*/, std::size_t /*total*/) {}

}  // namespace bingefriend
