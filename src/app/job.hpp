// A command at work in the data folder, until it is done or a signal stops it.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "app/interruption.hpp"
#include "files/data_lock.hpp"
#include "settings/settings.hpp"

namespace bingefriend {

struct Job {
    std::string command;  // its name
    std::filesystem::path data_dir;
    bool wait = false;  // until another run in data_dir has ended
    const Environment& environment;
    Interruption& interruption;

    [[nodiscard]] std::stop_token stop() const { return interruption.token(); }
};

// Locks the data folder of a job. A signal that ends the process leaves neither the lock nor temporary files.
class DataFolder {
  public:
    // Throws Error{conflict} if another run holds the folder; with job.wait it waits until that has ended.
    DataFolder(const Job& job, Hold hold);

  private:
    DataLock lock_;
    AtOverdue at_overdue_;
};

}  // namespace bingefriend
