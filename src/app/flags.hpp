// Flags that several commands share.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/settings.hpp"

namespace bingefriend {

void add_source(CLI::App& command, Options& options);
void add_data_dir(CLI::App& command, Options& options, const std::string& meaning);
void add_blob_storage(CLI::App& command, Options& options);
void add_features(CLI::App& command, Options& options);
void add_weights(CLI::App& command, Options& options);
void add_threads(CLI::App& command, Options& options);
void add_ranking(CLI::App& command, Options& options);
void add_gate(CLI::App& command, Options& options);
void add_database(CLI::App& command, Options& options);
void add_log(CLI::App& command, Options& options);

}  // namespace bingefriend
