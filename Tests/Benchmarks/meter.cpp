// Runs a command and writes what it took: CPU seconds, wall seconds, peak bytes, exit code.
//
// Usage: meter OUTCOME COMMAND... The command is started from a process this small because Linux counts the memory of
// whoever forked it into the peak.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

static double seconds(const timeval &time) { return time.tv_sec + time.tv_usec / 1e6; }

int main(int count, char **arguments) {
    if (count < 3) return 2;
    auto start = std::chrono::steady_clock::now();
    pid_t child = fork();
    if (child == 0) {
        execvp(arguments[2], arguments + 2);
        _exit(127);
    }
    int status = 0;
    rusage usage = {};
    if (child < 0 || wait4(child, &status, 0, &usage) != child) return 2;
    std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    FILE *outcome = fopen(arguments[1], "w");
    if (!outcome) return 2;
    fprintf(outcome, "%.6f %.6f %ld %d\n", seconds(usage.ru_utime) + seconds(usage.ru_stime), wall.count(),
            usage.ru_maxrss * 1024, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(outcome) == 0 ? 0 : 2;
}
