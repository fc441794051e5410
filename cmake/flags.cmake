# Language standard, warnings and sanitizers of every target.
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
  # Designated initialisers may leave members at their defaults.
  -Wno-missing-field-initializers
  # Fused multiply-adds would make scores differ between processors.
  -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC reports false uninitialised and dangling objects in inlined library code.
  target_compile_options(bingefriend_flags INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
  if(CMAKE_UNITY_BUILD)
    # In a unity build, unnamed types belong to files that are not the compiled one.
    target_compile_options(bingefriend_flags INTERFACE -Wno-subobject-linkage)
  endif()
endif()

if(BINGEFRIEND_SANITIZE)
  # -Og compiles in two thirds of the time of -O1. -g1 is enough: reports show only lines.
  add_compile_options(-fsanitize=${BINGEFRIEND_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -Og -g1)
  add_link_options(-fsanitize=${BINGEFRIEND_SANITIZE})
endif()
