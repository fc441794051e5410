# The installation, and the Debian package that `cpack` builds from it.
include(GNUInstallDirs)

set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The BingeFriend maintainers <maintainers@bingefriend.example>" CACHE STRING
  "The maintainer of the package")

# bingefriend_described(FILE ARGUMENTS ...): writes the output of the program to FILE, so that the two always agree.
set(described_folder "${CMAKE_BINARY_DIR}/described")
file(MAKE_DIRECTORY "${described_folder}")
function(bingefriend_described file)
  add_custom_command(OUTPUT "${described_folder}/${file}"
    COMMAND bingefriend ${ARGN} > "${described_folder}/${file}"
    DEPENDS bingefriend WORKING_DIRECTORY "${described_folder}" VERBATIM)
  set_property(GLOBAL APPEND PROPERTY BINGEFRIEND_DESCRIBED "${described_folder}/${file}")
endfunction()

bingefriend_described(bingefriend.1 manual)
bingefriend_described(completion.bash completion)
bingefriend_described(environment settings --format env)

# Debian requires compressed man pages and changelogs, and the same bytes from the same sources.
find_program(GZIP gzip REQUIRED)
function(bingefriend_compressed from to)
  add_custom_command(OUTPUT "${described_folder}/${to}"
    COMMAND ${GZIP} -9nc "${from}" > "${described_folder}/${to}" DEPENDS "${from}" VERBATIM)
  set_property(GLOBAL APPEND PROPERTY BINGEFRIEND_DESCRIBED "${described_folder}/${to}")
endfunction()
bingefriend_compressed("${described_folder}/bingefriend.1" bingefriend.1.gz)
bingefriend_compressed("${CMAKE_SOURCE_DIR}/CHANGELOG.md" CHANGELOG.md.gz)
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)  # SOURCE_DATE_EPOCH, if it is set
configure_file("${CMAKE_SOURCE_DIR}/deploy/debian/changelog.in" "${described_folder}/changelog" @ONLY)
bingefriend_compressed("${described_folder}/changelog" changelog.gz)

get_property(described GLOBAL PROPERTY BINGEFRIEND_DESCRIBED)
add_custom_target(described ALL DEPENDS ${described})

set(deploy "${CMAKE_SOURCE_DIR}/deploy")
set(units "lib/systemd/system")
install(TARGETS bingefriend RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES "${described_folder}/bingefriend.1.gz" DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES "${described_folder}/completion.bash" RENAME bingefriend
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES "${CMAKE_SOURCE_DIR}/sample/catalogue.ndjson" "${CMAKE_SOURCE_DIR}/sample/README.md"
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bingefriend/sample)
install(FILES "${described_folder}/changelog.gz" "${described_folder}/CHANGELOG.md.gz" "${deploy}/debian/copyright" "${CMAKE_SOURCE_DIR}/README.md"
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/bingefriend)
install(DIRECTORY "${CMAKE_SOURCE_DIR}/docs" DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/bingefriend)
install(DIRECTORY "${deploy}/systemd/" DESTINATION ${units})
install(FILES "${described_folder}/environment" RENAME bingefriend DESTINATION /etc/default
  PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME bingefriend)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "content-based recommendations for TV catalogues")
set(CPACK_PACKAGE_DESCRIPTION
"Reads a catalogue of TV shows, computes the most similar shows of every show,
publishes them in SQLite or MySQL and serves them over HTTP. A timer publishes
a new generation every Sunday.")
set(CPACK_PACKAGE_DIRECTORY "${CMAKE_BINARY_DIR}/package")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS systemd)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  "${deploy}/debian/conffiles" "${deploy}/debian/postinst" "${deploy}/debian/prerm" "${deploy}/debian/postrm")
include(CPack)
