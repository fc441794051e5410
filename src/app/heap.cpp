// How the program's heap behaves: what it must be told at compile time.
//
// A catalogue's arrays are written once from end to end.  On pages of 4 KiB a third of a run went into page
// faults, and what one stage freed was fetched again for the next.  So the heap asks for large pages and
// keeps for half a minute what it was given back.  One arena: each rounds up to large pages, and threads have
// caches of their own before it.  docs/decisions/0003-the-heap-is-jemalloc.md has the figures.
extern "C" const char* malloc_conf;
const char* malloc_conf = "narenas:1,thp:always,metadata_thp:auto,dirty_decay_ms:30000,muzzy_decay_ms:0";
