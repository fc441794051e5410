// What was fetched, in figures: how complete the shows are, and what was left out and why.
#pragma once

#include <filesystem>

#include "domain/ingest.hpp"

namespace bingefriend {

void print_quality_report(const Ingest& ingest, const std::filesystem::path& csv, double seconds);

}  // namespace bingefriend
