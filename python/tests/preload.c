/* Counts, while it is switched on, what the program asks of clock, environment and files. Loaded before the C library. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/time.h>
#include <time.h>

static int on;
static int clocks, environments, files;

void watch(int whether) {
    on = whether;
    if (whether) clocks = environments = files = 0;
}
int clocks_read(void) { return clocks; }
int environments_read(void) { return environments; }
int files_opened(void) { return files; }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int clock_gettime(clockid_t id, struct timespec *at) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = REAL(clock_gettime);
    /* The interpreter asks the other clocks when threads wait for each other. */
    if (on && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) clocks++;
    return real(id, at);
}
time_t time(time_t *at) {
    if (on) clocks++;
    return REAL(time)(at);
}
int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    if (on) clocks++;
    return REAL(gettimeofday)(at, zone);
}
char *getenv(const char *name) {
    if (on) environments++;
    return REAL(getenv)(name);
}
char *secure_getenv(const char *name) {
    if (on) environments++;
    return REAL(secure_getenv)(name);
}
static int mode_of(int flags, va_list rest) {
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(rest, int) : 0;
}
#define OPEN(name)                                                     \
    int name(const char *path, int flags, ...) {                       \
        va_list rest;                                                  \
        va_start(rest, flags);                                         \
        int mode = mode_of(flags, rest);                               \
        va_end(rest);                                                  \
        if (on) files++;                                               \
        return REAL(name)(path, flags, mode);                          \
    }
OPEN(open)
OPEN(open64)
#define OPENAT(name)                                                   \
    int name(int folder, const char *path, int flags, ...) {           \
        va_list rest;                                                  \
        va_start(rest, flags);                                         \
        int mode = mode_of(flags, rest);                               \
        va_end(rest);                                                  \
        if (on) files++;                                               \
        return REAL(name)(folder, path, flags, mode);                  \
    }
OPENAT(openat)
OPENAT(openat64)
