# SPDX-License-Identifier: MIT
# `cmake --install`, and `cpack -G DEB` with the same files.
include(GNUInstallDirs)
install(TARGETS davit RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

install(FILES completions/davit.bash RENAME davit
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES completions/davit.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# The rest depends on where and what is installed.
configure_file(script/cmake/installed.cmake.in ${PROJECT_BINARY_DIR}/installed.cmake @ONLY)
install(SCRIPT ${PROJECT_BINARY_DIR}/installed.cmake)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME davit)
set(CPACK_PACKAGE_CONTACT "The davit authors")
set(CPACK_PACKAGE_DESCRIPTION "Reads release definitions from a git repository, cuts releases, \
promotes them through environments with approvals, runs the steps, and remembers every fact in \
the same repository.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION vcs)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Beside what the program is linked with: what it opens when first needed, starts or reads.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "git, libarchive13, libcurl4, tzdata, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "openssh-client, libssh-4")
include(CPack)
