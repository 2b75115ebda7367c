// The floor: simdjson alone reads the fields that the selection needs, line by line, and adds them up.
//
// Usage: floor FILE. Prints how many lines there were, and a sum that keeps the compiler honest.
#include <fcntl.h>
#include <simdjson.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <vector>

int main(int count, char **arguments) {
    if (count != 2) return 2;
    int file = open(arguments[1], O_RDONLY);
    if (file < 0) return 2;
    const size_t window = 4 << 20;
    std::vector<char> buffer(2 * window + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::parser parser;
    size_t lines = 0, kept = 0;
    uint64_t sum = 0;
    for (;;) {
        ssize_t got = read(file, buffer.data() + kept, window);
        if (got <= 0) break;
        char *begin = buffer.data(), *end = begin + kept + got;
        while (char *stop = static_cast<char *>(memchr(begin, '\n', end - begin))) {
            size_t length = stop - begin;
            auto parsed = parser.iterate(begin, length, buffer.data() + buffer.size() - begin);
            simdjson::ondemand::object object;
            if (parsed.get_object().get(object)) return 3;
            for (auto field : object) {
                simdjson::ondemand::raw_json_string key;
                if (field.key().get(key)) return 3;
                auto value = field.value();
                if (key == "id" || key == "thread_id" || key == "run_id" || key == "assistant_id" || key == "role") {
                    std::string_view text;
                    if (!value.get_string().get(text)) sum += text.size();
                } else if (key == "created_at" || key == "completed_at") {
                    int64_t time;
                    if (!value.get_int64().get(time)) sum += time;
                } else if (key == "metadata") {
                    simdjson::ondemand::object metadata;
                    if (value.get_object().get(metadata)) return 3;
                    for (auto pair : metadata) {
                        std::string_view text;
                        if (!pair.value().get_string().get(text)) sum += text.size();
                    }
                }
            }
            lines++;
            begin = stop + 1;
        }
        kept = end - begin;
        if (kept > window) return 3;
        memmove(buffer.data(), begin, kept);
    }
    printf("%zu lines, sum %llu\n", lines, static_cast<unsigned long long>(sum));
}
