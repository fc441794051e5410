# bingefriend_embed_sql(TARGET)
#
# Puts the .sql files of the calling folder into TARGET: store/statements.hpp has
#   namespace bingefriend::sql { constexpr std::string_view NAME; }   for every sql/NAME.sql
#   bingefriend::sqlite_migrations                                     for migrations/sqlite/*.sql
# A new file is all that a new statement or migration needs.
function(bingefriend_embed_sql target)
  file(GLOB statements CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/sql/*.sql")
  file(GLOB migrations CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/migrations/sqlite/*.sql")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${statements} ${migrations})

  set(text "// Made from the .sql files of src/store.\n#pragma once\n\n#include <array>\n#include <string_view>\n\n")
  string(APPEND text "namespace bingefriend::sql {\n")
  foreach(file ${statements})
    cmake_path(GET file STEM name)
    file(READ "${file}" content)
    string(APPEND text "inline constexpr std::string_view ${name} = R\"sql(${content})sql\";\n")
  endforeach()
  string(APPEND text "}  // namespace bingefriend::sql\n\nnamespace bingefriend {\n")
  string(APPEND text "struct MigrationFile {\n    std::string_view version, name, text;\n};\n")
  string(APPEND text "inline constexpr auto sqlite_migrations = std::to_array<MigrationFile>({\n")
  list(SORT migrations)
  foreach(file ${migrations})
    cmake_path(GET file STEM stem)
    string(REGEX MATCH "^([0-9]+)_(.*)$" _ "${stem}")
    file(READ "${file}" content)
    string(APPEND text "    {\"${CMAKE_MATCH_1}\", \"${CMAKE_MATCH_2}\", R\"sql(${content})sql\"},\n")
  endforeach()
  string(APPEND text "});\n}  // namespace bingefriend\n")

  set(folder "${CMAKE_CURRENT_BINARY_DIR}/generated")
  file(CONFIGURE OUTPUT "${folder}/store/statements.hpp" CONTENT "${text}" @ONLY)
  target_include_directories(${target} PRIVATE "${folder}")
  if(TARGET ${target}_test)
    target_include_directories(${target}_test PRIVATE "${folder}")
  endif()
endfunction()
