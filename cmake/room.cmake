# The tests of every room, and of those with threads.
add_custom_target(unit_tests)
add_custom_target(thread_tests)

# bingefriend_room(NAME SOURCES ... [ROOMS ...] [LIBRARIES ...] [TESTS ...] [TEST_LIBRARIES ...] [THREADS])
#
# Makes the room NAME of src/NAME as a library that sees only the rooms it names, and its
# tests as one program, room_NAME_test.  LIBRARIES are private to the room: no other room
# includes their headers.  THREADS labels the tests for the run under ThreadSanitizer.
function(bingefriend_room name)
  cmake_parse_arguments(ROOM "THREADS" "" "SOURCES;ROOMS;LIBRARIES;TESTS;TEST_LIBRARIES" ${ARGN})
  list(TRANSFORM ROOM_ROOMS PREPEND room_)

  add_library(room_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(room_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(room_${name}
    PUBLIC ${ROOM_ROOMS}
    PRIVATE bingefriend_flags ${ROOM_LIBRARIES})

  if(BINGEFRIEND_TESTS AND ROOM_TESTS)
    add_executable(room_${name}_test ${ROOM_TESTS})
    target_link_libraries(room_${name}_test PRIVATE
      room_${name} bingefriend_flags ${ROOM_LIBRARIES} ${ROOM_TEST_LIBRARIES} GTest::gmock_main)
    # What is optimised in a release are the rooms; the tests share the dearest headers in every build.
    target_compile_options(room_${name}_test PRIVATE $<$<CONFIG:Release>:-O1>)
    set_target_properties(room_${name}_test PROPERTIES UNITY_BUILD ON)
    add_test(NAME unit.${name} COMMAND room_${name}_test)
    add_dependencies(unit_tests room_${name}_test)
    if(ROOM_THREADS)
      add_dependencies(thread_tests room_${name}_test)
      set_tests_properties(unit.${name} PROPERTIES LABELS threads)
    endif()
  endif()
endfunction()
