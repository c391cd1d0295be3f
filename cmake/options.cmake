# What every target is compiled with, and the helper that makes a room.

option(KH_TESTS "build the tests" ON)
option(KH_BENCH "build the benchmarks" OFF)
option(KH_WERROR "warnings are errors" ON)
set(KH_SANITIZE "" CACHE STRING "sanitizers, as -fsanitize= takes them")

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

add_library(kh_options INTERFACE)
target_include_directories(kh_options INTERFACE ${PROJECT_SOURCE_DIR}/include)
target_compile_definitions(kh_options INTERFACE
    _POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64 KH_VERSION="${PROJECT_VERSION}")
target_compile_options(kh_options INTERFACE -Wall -Wextra -Wpedantic)
if(KH_WERROR)
    target_compile_options(kh_options INTERFACE -Werror)
endif()
if(KH_SANITIZE)
    target_compile_options(kh_options INTERFACE
        -fsanitize=${KH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(kh_options INTERFACE -fsanitize=${KH_SANITIZE})
endif()

# The strict warnings hold for our own code; Criterion's macros would trip over them.
add_library(kh_strict INTERFACE)
target_link_libraries(kh_strict INTERFACE kh_options)
target_compile_options(kh_strict INTERFACE -Wshadow -Wconversion -Wvla -Wundef
    -Wwrite-strings
    $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes> $<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes>)

# kh_room(NAME SOURCES a.c ... LIBS kh_base PkgConfig::X ...): one static library a room.
function(kh_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;LIBS" ${ARGN})
    add_library(${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(${name} PRIVATE kh_strict PUBLIC kh_options ${ROOM_LIBS})
endfunction()
