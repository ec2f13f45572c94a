// Preloaded into the engine: while the file named by FAIL_DISK exists, the call that it names fails on the database's files.
// First word: write or sync; second: the errno. `cc -shared -fPIC -o failing-disk.so failing-disk.c -ldl`
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(const char *call, int fd) {
  const char *flag = getenv("FAIL_DISK");
  FILE *file = flag ? fopen(flag, "r") : NULL;
  if (!file) return 0;
  char wanted[16] = "";
  int code = 0;
  int read = fscanf(file, "%15s %d", wanted, &code);
  fclose(file);
  if (read != 2 || strcmp(wanted, call) != 0) return 0;
  char link[64], target[512];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, target, sizeof target - 1);
  if (length < 0) return 0;
  target[length] = 0;
  // the log of what is committed, and the database itself
  if (!strstr(target, "engine.sqlite") || strstr(target, "-shm")) return 0;
  errno = code;
  return 1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
  return fails("write", fd) ? -1 : real(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  return pwrite64(fd, bytes, count, at);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) real = dlsym(RTLD_NEXT, "write");
  return fails("write", fd) ? -1 : real(fd, bytes, count);
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  return fails("sync", fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
  return fails("sync", fd) ? -1 : real(fd);
}
