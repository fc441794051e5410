# bingefriend_fuzz(NAME)
#
# Adds the fuzzer fuzz_NAME from fuzz/NAME.cpp, with the seeds in fuzz/seeds/NAME, and the test fuzz.NAME, which
# runs it for a few seconds. `scripts/fuzz NAME` runs it longer.
function(bingefriend_fuzz name)
  add_executable(fuzz_${name} EXCLUDE_FROM_ALL ${name}.cpp)
  target_link_libraries(fuzz_${name} PRIVATE fuzz_readers)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzz fuzz_${name})

  set(corpus "${CMAKE_BINARY_DIR}/corpus/${name}")
  file(MAKE_DIRECTORY "${corpus}")
  # malloc_limit_mb: a size in untrusted input must not decide how much memory is allocated.
  add_test(NAME fuzz.${name} COMMAND fuzz_${name} -seed=1 -runs=50000 -max_total_time=3 -timeout=20 -max_len=8192
    -rss_limit_mb=1024 -malloc_limit_mb=256 -print_final_stats=0 -verbosity=0 "${corpus}" "${CMAKE_CURRENT_SOURCE_DIR}/seeds/${name}")
endfunction()
