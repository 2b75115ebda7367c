#pragma once
#if !__has_include(<microhttpd.h>)
#error "libmicrohttpd-dev is missing: run `make deps`"
#endif
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>

/* MHD_start_daemon is variadic, which Swift cannot call.
   Listens on 127.0.0.1 only; port 0 takes a free one. A thread for each connection. NULL where the port is taken. */
static inline struct MHD_Daemon *cmhd_start(uint16_t port, unsigned int connections, MHD_AccessHandlerCallback handler,
                                            MHD_RequestCompletedCallback completed, void *context) {
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    /* poll, for select knows no descriptor above 1023. */
    return MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, port, NULL,
                            NULL, handler, context, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_NOTIFY_COMPLETED,
                            completed, context, MHD_OPTION_CONNECTION_LIMIT, connections,
                            MHD_OPTION_CONNECTION_TIMEOUT, 60u, MHD_OPTION_END);
}

/* The port that the daemon listens on, or 0. */
static inline uint16_t cmhd_port(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}
