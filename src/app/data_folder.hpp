// The data folder of a command that reads or writes it, locked.
#pragma once

#include <memory>

#include "app/settings.hpp"
#include "artifacts/data_lock.hpp"

namespace bingefriend {

// Locks options.data_dir for this command.  Throws Error{conflict} where another run holds it, unless
// options.wait, which waits until that has ended.
[[nodiscard]] std::unique_ptr<DataLock> lock_data_dir(const Options& options, Hold hold);

}  // namespace bingefriend
