# SPDX-License-Identifier: MIT
include(GNUInstallDirs)
install(TARGETS davit RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
