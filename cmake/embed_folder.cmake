# bingefriend_embed_folder(TARGET FOLDER HEADER NAME)
#
# Embeds every file of FOLDER into TARGET. HEADER has
#   struct EmbeddedFile { std::string_view name; const char *begin, *end; };
#   const std::array<EmbeddedFile, n> NAME, sorted by name.
# A new file in FOLDER is embedded automatically.
function(bingefriend_embed_folder target folder header name)
  file(GLOB files CONFIGURE_DEPENDS "${folder}/*")
  list(SORT files)
  list(LENGTH files count)
  set(symbols "")
  set(rows "")
  foreach(file ${files})
    cmake_path(GET file FILENAME base)
    string(MAKE_C_IDENTIFIER "${name}_${base}" symbol)
    bingefriend_embed(${target} ${symbol} "${file}")
    string(APPEND symbols "extern \"C\" const char ${symbol}_begin[], ${symbol}_end[];\n")
    string(APPEND rows "    {\"${base}\", ${symbol}_begin, ${symbol}_end},\n")
  endforeach()
  file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/generated/${header}" CONTENT
"// Generated from the files of ${folder}.
#pragma once

#include <array>
#include <string_view>

${symbols}
namespace bingefriend {

struct EmbeddedFile {
    std::string_view name;
    const char *begin, *end;
};

inline const std::array<EmbeddedFile, ${count}> ${name}{{
${rows}}};

}  // namespace bingefriend
" @ONLY)
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/generated")
endfunction()
