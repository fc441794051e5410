# bingefriend_embed(TARGET SYMBOL FILE)
#
# Embeds the bytes of FILE into TARGET. In C++ they are
#   extern "C" const char SYMBOL_begin[], SYMBOL_end[];
# The build embeds the file again when it changes.
function(bingefriend_embed target symbol file)
  cmake_path(ABSOLUTE_PATH file NORMALIZE)
  set(source "${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.S")
  file(CONFIGURE OUTPUT "${source}" CONTENT
"    .section .rodata
    .global @symbol@_begin
    .global @symbol@_end
    .balign 16
@symbol@_begin:
    .incbin \"@file@\"
@symbol@_end:
    .byte 0
    .section .note.GNU-stack,\"\",%progbits
" @ONLY)
  set_source_files_properties("${source}" PROPERTIES OBJECT_DEPENDS "${file}")
  target_sources(${target} PRIVATE "${source}")
endfunction()
