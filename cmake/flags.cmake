# The language, the warnings and the sanitizers of every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(BINGEFRIEND_SANITIZE "" CACHE STRING "Sanitizers for every target, such as address,undefined")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

add_library(bingefriend_flags INTERFACE)
target_compile_options(bingefriend_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  # A designated initialiser says which members it leaves at their defaults.
  -Wno-missing-field-initializers
  # A score is the same bytes on every processor only if no multiply-add is fused behind our back.
  -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC's inliner sees uninitialised and dangling objects where libraries have none.
  target_compile_options(bingefriend_flags INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
  if(CMAKE_UNITY_BUILD)
    # Sources that are read as one are not each the file that is compiled, to which their unnamed types belong.
    target_compile_options(bingefriend_flags INTERFACE -Wno-subobject-linkage)
  endif()
endif()

if(BINGEFRIEND_SANITIZE)
  # -Og: a third less to compile than -O1.  -g1: lines are all that a report tells.
  add_compile_options(-fsanitize=${BINGEFRIEND_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -Og -g1)
  add_link_options(-fsanitize=${BINGEFRIEND_SANITIZE})
endif()
