// The data folder of a command that reads or writes it, locked.
#pragma once

#include "app/interruption.hpp"
#include "app/settings.hpp"
#include "files/data_lock.hpp"

namespace bingefriend {

// Holds the lock of options.data_dir. A signal that ends the process leaves neither the lock nor temporary
// files.
class DataFolder {
  public:
    // Throws Error{conflict} if another run holds the folder; with options.wait it waits until that has
    // ended.
    DataFolder(const Options& options, Hold hold);

  private:
    DataLock lock_;
    AtOverdue at_overdue_;
};

}  // namespace bingefriend
