// The commands that read what is published: recommend, stats, generations, verify, export.
#pragma once

#include "app/settings.hpp"

namespace bingefriend {

void run_recommend(const Options& options, const Environment& environment);
void run_stats(const Options& options, const Environment& environment);
void run_generations(const Options& options, const Environment& environment);
void run_rollback(const Options& options, const Environment& environment);
// Throws Error{damaged} if a row does not match its checksum.
void run_verify(const Options& options, const Environment& environment);
void run_export(const Options& options, const Environment& environment);

}  // namespace bingefriend
