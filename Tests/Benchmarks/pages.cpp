// Serves lists of pages of 20 kB over HTTP/1.1 on this machine, as cheaply as can be: what is measured is who reads them.
//
// Usage: pages files|messages LISTS PAGES. Prints the port. There are LISTS vector stores of PAGES * 100 files, or as
// many threads of PAGES * 20 messages; every other list is empty. Every object has an id of its own.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

static bool hasStores;
static long lists, pages;

// An element with ten digits in place of its number, and where they stand.
struct Shape {
    std::string element, pattern;
    size_t digits;
    long count;
};

static std::string replaced(std::string text, const std::string &what, const std::string &with) {
    for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
    return text;
}

static const std::string number(long value) {
    char text[24];
    snprintf(text, sizeof text, "%010ld", value);
    return text;
}

// A page of so many elements, 20 kB long: the last member of each element is filled up.
static std::string page(const std::string &element, long list, long first, long count, bool hasMore,
                        const std::string &prefix) {
    std::string body = "{\"object\":\"list\",\"data\":[";
    for (long place = 0; place < count; place++) {
        if (place) body += ',';
        body += replaced(replaced(element, "##########", number(first + place)), "@@@@@@@@@@", number(list));
    }
    return body + "],\"first_id\":\"" + prefix + number(first) + "\",\"last_id\":\"" + prefix +
           number(first + count - 1) + "\",\"has_more\":" + (hasMore ? "true" : "false") + "}";
}

static std::string filled(const std::string &element, size_t size) {
    size_t length = element.size() - 1;
    return replaced(element, "~", length < size ? std::string(size - length, 'x') : "");
}

static const std::string file = filled(
    "{\"id\":\"file-Ab3dE6gH##########\",\"object\":\"vector_store.file\",\"created_at\":1760000000,"
    "\"usage_bytes\":123456,\"vector_store_id\":\"vs_Ab3d@@@@@@@@@@\",\"status\":\"completed\",\"last_error\":null,"
    "\"attributes\":{}}~", 199);

static const std::string message = filled(
    "{\"id\":\"msg_Ab3dE6gH##########\",\"object\":\"thread.message\",\"created_at\":1760000000,\"assistant_id\":null,"
    "\"thread_id\":\"thread_Ab3d@@@@@@@@@@\",\"run_id\":null,\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":"
    "{\"value\":\"~\",\"annotations\":[]}}],\"attachments\":[],\"metadata\":{}}", 999);

static const std::string nothing =
    "{\"object\":\"list\",\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}";

static long numberBehind(const std::string &path, const char *word) {
    size_t at = path.find(word);
    return at == std::string::npos ? -1 : strtol(path.c_str() + at + strlen(word), nullptr, 10);
}

static std::string stores() {
    std::string body = "{\"object\":\"list\",\"data\":[";
    for (long list = 0; list < lists; list++)
        body += (list ? "," : "") +
                ("{\"id\":\"vs_Ab3d" + number(list) + "\",\"object\":\"vector_store\",\"created_at\":1760000000,"
                 "\"name\":null,\"usage_bytes\":1,\"status\":\"completed\",\"last_active_at\":1760000000,"
                 "\"metadata\":{},\"file_counts\":{\"in_progress\":0,\"completed\":1,\"failed\":0,\"cancelled\":0,"
                 "\"total\":1}}");
    return body + "],\"first_id\":null,\"last_id\":\"vs_Ab3d" + number(lists - 1) + "\",\"has_more\":false}";
}

// What is asked for again costs a look into a table: pages are made once.
static const std::string &answer(const std::string &target) {
    static std::unordered_map<std::string, std::string> known;
    auto place = known.find(target);
    if (place != known.end()) return place->second;
    std::string path = target.substr(0, target.find('?')), body = nothing;
    long store = numberBehind(path, "/vector_stores/vs_Ab3d"), thread = numberBehind(path, "/threads/thread_Ab3d");
    if (path.size() >= 14 && path.compare(path.size() - 14, 14, "/vector_stores") == 0) {
        if (hasStores) body = stores();
    } else if (store >= 0 && path.find("/files") != std::string::npos) {
        long last = numberBehind(target, "after=file-Ab3dE6gH"), start = store * pages * 100;
        long first = last < 0 ? start : last + 1;
        body = page(file, store, first, 100, first + 100 < start + pages * 100, "file-Ab3dE6gH");
    } else if (thread >= 0 && path.find("/messages") != std::string::npos) {
        long last = numberBehind(target, "after=msg_Ab3dE6gH"), start = thread * pages * 20;
        long first = last < 0 ? start : last + 1;
        body = page(message, thread, first, 20, first + 20 < start + pages * 20, "msg_Ab3dE6gH");
    } else if (thread >= 0 && path.find("/runs") == std::string::npos) {
        body = "{\"id\":\"thread_Ab3d" + number(thread) +
               "\",\"object\":\"thread\",\"created_at\":1760000000,\"metadata\":{},\"tool_resources\":null}";
    }
    return known[target] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                           std::to_string(body.size()) + "\r\n\r\n" + body;
}

struct Client {
    std::string in, out;
    size_t sent = 0;
};

// Sends what there is. False where the client is gone.
static bool flush(int socket, Client &client) {
    while (client.sent < client.out.size()) {
        ssize_t count = send(socket, client.out.data() + client.sent, client.out.size() - client.sent, MSG_NOSIGNAL);
        if (count < 0) return errno == EAGAIN;
        client.sent += count;
    }
    client.out.clear();
    client.sent = 0;
    return true;
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    hasStores = strcmp(arguments[1], "files") == 0;
    lists = atol(arguments[2]);
    pages = atol(arguments[3]);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, (sockaddr *)&address, size) || listen(listener, 256) ||
        getsockname(listener, (sockaddr *)&address, &size))
        return 2;
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    int poll = epoll_create1(0);
    epoll_event wanted = {};
    wanted.events = EPOLLIN;
    wanted.data.fd = listener;
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &wanted);
    std::unordered_map<int, Client> clients;
    std::vector<epoll_event> events(256);
    std::vector<char> window(1 << 16);
    while (true) {
        int ready = epoll_wait(poll, events.data(), events.size(), -1);
        for (int place = 0; place < ready; place++) {
            int socket = events[place].data.fd;
            if (socket == listener) {
                int accepted = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
                if (accepted < 0) continue;
                int one = 1;
                setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                wanted.events = EPOLLIN | EPOLLOUT | EPOLLET;
                wanted.data.fd = accepted;
                epoll_ctl(poll, EPOLL_CTL_ADD, accepted, &wanted);
                clients[accepted];
                continue;
            }
            Client &client = clients[socket];
            bool isOpen = true;
            ssize_t got;
            while ((got = recv(socket, window.data(), window.size(), 0)) > 0) client.in.append(window.data(), got);
            if (got == 0 || (got < 0 && errno != EAGAIN)) isOpen = false;
            for (size_t end; isOpen && (end = client.in.find("\r\n\r\n")) != std::string::npos;) {
                size_t start = client.in.find(' ') + 1;
                client.out += answer(client.in.substr(start, client.in.find(' ', start) - start));
                client.in.erase(0, end + 4);
            }
            if (isOpen && flush(socket, client)) continue;
            close(socket);
            clients.erase(socket);
        }
    }
}
