# What "cmake --install" puts where: programs, man pages, units of systemd, examples.

foreach(program khabar-index khabar-query)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    endif()
endforeach()

foreach(section 1 7)
    file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/man/*.${section})
    install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()

# systemd reads lib/ below /usr and /usr/local, whatever the libraries' folder is called.
set(packaging ${PROJECT_SOURCE_DIR}/packaging)
configure_file(${packaging}/systemd/khabar-index@.service.in
    ${PROJECT_BINARY_DIR}/khabar-index@.service @ONLY)
install(FILES
    ${PROJECT_BINARY_DIR}/khabar-index@.service
    ${packaging}/systemd/khabar-index@.timer
    ${packaging}/systemd/khabar-mail@.service
    DESTINATION lib/systemd/system)
install(FILES ${packaging}/sysusers.d/khabar.conf DESTINATION lib/sysusers.d)

install(FILES ${packaging}/cron.d/khabar
    DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples RENAME khabar.cron)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
