# All unit tests, and those with threads.
add_custom_target(unit_tests)
add_custom_target(thread_tests)

# bingefriend_module(NAME SOURCES ... [MODULES ...] [LIBRARIES ...] [TESTS ...] [TEST_LIBRARIES ...] [THREADS])
#
# Adds the module NAME of src/NAME as a library that sees only the listed MODULES, and its
# tests as one program, module_NAME_test. LIBRARIES are private to the module: no other module
# includes their headers. THREADS labels the tests for the run under ThreadSanitizer.
function(bingefriend_module name)
  cmake_parse_arguments(MODULE "THREADS" "" "SOURCES;MODULES;LIBRARIES;TESTS;TEST_LIBRARIES" ${ARGN})
  list(TRANSFORM MODULE_MODULES PREPEND module_)

  add_library(module_${name} STATIC ${MODULE_SOURCES})
  target_include_directories(module_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(module_${name}
    PUBLIC ${MODULE_MODULES}
    PRIVATE bingefriend_flags ${MODULE_LIBRARIES})

  if(BINGEFRIEND_TESTS AND MODULE_TESTS)
    add_executable(module_${name}_test ${MODULE_TESTS})
    target_link_libraries(module_${name}_test PRIVATE
      module_${name} bingefriend_flags ${MODULE_LIBRARIES} ${MODULE_TEST_LIBRARIES} GTest::gmock_main)
    # A release build optimises the modules, not the tests.
    target_compile_options(module_${name}_test PRIVATE $<$<CONFIG:Release>:-O1>)
    add_test(NAME unit.${name} COMMAND module_${name}_test)
    # A test that hangs fails instead of blocking the others.
    set(timeout 120)
    if(BINGEFRIEND_SANITIZE)
      set(timeout 600)
    endif()
    set_tests_properties(unit.${name} PROPERTIES TIMEOUT ${timeout})
    add_dependencies(unit_tests module_${name}_test)
    if(MODULE_THREADS)
      add_dependencies(thread_tests module_${name}_test)
      set_tests_properties(unit.${name} PROPERTIES LABELS threads)
    endif()
  endif()
endfunction()

# bingefriend_uses_asio(NAME)
#
# Flags for a module that uses coroutines of Asio 1.74: its headers use std::exchange without including it, and it does
# not know that Clang has coroutines.
function(bingefriend_uses_asio name)
  foreach(target module_${name} module_${name}_test)
    if(TARGET ${target})
      target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include utility>")
      target_compile_definitions(${target} PRIVATE BOOST_ASIO_HAS_CO_AWAIT=1 BOOST_ASIO_HAS_STD_COROUTINE=1)
      if(BINGEFRIEND_SANITIZE MATCHES thread)
        # ThreadSanitizer does not know fences; Asio's own locks order what they would.
        target_compile_definitions(${target} PRIVATE BOOST_ASIO_DISABLE_FENCED_BLOCK)
      endif()
    endif()
  endforeach()
endfunction()
