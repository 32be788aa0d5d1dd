# SPDX-License-Identifier: MIT
# With CMAKE_UNITY_BUILD, which files are compiled as one: a dozen of the same folder. Names that
# only a file knows must therefore differ within a folder, and nowhere else.
set(DAVIT_HANDFUL 12)

function(davit_handfuls target)
  get_target_property(sources ${target} SOURCES)
  set(folder_before)
  foreach(source ${sources})
    get_filename_component(folder ${source} DIRECTORY)
    file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${folder})
    if(NOT folder STREQUAL folder_before)
      set(folder_before ${folder})
      set(count 0)
    endif()
    math(EXPR handful "${count} / ${DAVIT_HANDFUL}")
    math(EXPR count "${count} + 1")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP "${folder}-${handful}")
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()
