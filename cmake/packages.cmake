# Third-party libraries, all from Debian 12; scripts/deps installs them.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(ARCHIVE REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(LIBXML REQUIRED IMPORTED_TARGET libxml-2.0)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(XAPIAN REQUIRED IMPORTED_TARGET xapian-core)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
find_library(CLD2_LIBRARY cld2 REQUIRED)
if(KH_TESTS)
    pkg_check_modules(CRITERION REQUIRED IMPORTED_TARGET criterion)
endif()

# kh_use_archives(PROGRAM): link a program with the archives of these libraries. Whatever is
# loaded, placed and relocated before main() costs each start of a program: for one that runs
# for milliseconds, most of them. Xapian has no archive in Debian and stays a library of its own;
# nor may glibc be one, which reads locales. docs/decisions.md has the trade.
set(KH_STATIC_LIBRARIES OFF CACHE STRING
    "link khabar-query with archives of libraries: ON, OFF, AUTO (those that are there)")
set_property(CACHE KH_STATIC_LIBRARIES PROPERTY STRINGS ON OFF AUTO)

# Sets a variable to an expression that is the archive beside a shared library for programs of
# kh_use_archives(), and the library itself for others.
function(kh_archive_or_library out library)
    set(${out} ${library} PARENT_SCOPE)
    if(NOT KH_STATIC_LIBRARIES OR NOT library MATCHES "\\.so$")
        return()
    endif()
    string(REGEX REPLACE "\\.so$" ".a" archive ${library})
    if(EXISTS ${archive})
        set(${out} $<IF:$<BOOL:$<TARGET_PROPERTY:KH_ARCHIVES>>,${archive},${library}> PARENT_SCOPE)
    elseif(KH_STATIC_LIBRARIES STREQUAL AUTO)
        message(STATUS "no ${archive}: khabar-query takes longer to start")
    else()
        message(FATAL_ERROR "no ${archive}: KH_STATIC_LIBRARIES may be AUTO or OFF")
    endif()
endfunction()

foreach(package ICU JANSSON ZSTD XXHASH)
    get_target_property(libraries PkgConfig::${package} INTERFACE_LINK_LIBRARIES)
    set(chosen)
    foreach(library ${libraries})
        kh_archive_or_library(one ${library})
        list(APPEND chosen ${one})
    endforeach()
    set_target_properties(PkgConfig::${package} PROPERTIES INTERFACE_LINK_LIBRARIES "${chosen}")
endforeach()
kh_archive_or_library(STEMMER_LIBRARY ${STEMMER_LIBRARY})

function(kh_use_archives program)
    if(KH_STATIC_LIBRARIES)
        set_target_properties(${program} PROPERTIES KH_ARCHIVES ON)
        target_link_options(${program} PRIVATE -no-pie -Wl,--as-needed,--gc-sections)
    endif()
endfunction()
