// SPDX-License-Identifier: MIT
// bench_peak COMMAND...: runs it and prints to standard error what it took: wall time and CPU time
// in milliseconds, and the peak of the resident memory of its largest process in KiB. CPU and peak
// are of everything that it started, also of what outlived it for a moment.
//
//   wall 12.3 cpu 4.5 peak 6789
//
// A program of its own, as small as can be: the kernel counts what the process was before it became
// the command.
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now() {
  struct timespec at {};
  clock_gettime(CLOCK_MONOTONIC, &at);
  return 1e3 * (double)at.tv_sec + 1e-6 * (double)at.tv_nsec;
}

static double milliseconds(const struct timeval* time) {
  return 1e3 * (double)time->tv_sec + 1e-3 * (double)time->tv_usec;
}

// What is still there after a third of a second is a daemon.
static void wait_for_orphans() {
  const double last = now() + 300;
  while (now() < last) {
    const pid_t ended = waitpid(-1, nullptr, WNOHANG);
    if (ended < 0) return;
    if (ended == 0) usleep(2000);
  }
}

int main(int count, char** words) {
  if (count < 2) return 2;
  prctl(PR_SET_CHILD_SUBREAPER, 1);  // orphans become ours
  const double began = now();
  const pid_t child = fork();
  if (child == 0) {
    execvp(words[1], words + 1);
    perror(words[1]);
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return 1;
  const double wall = now() - began;
  wait_for_orphans();
  struct rusage used {};
  getrusage(RUSAGE_CHILDREN, &used);
  fprintf(stderr, "wall %.3f cpu %.3f peak %ld\n", wall,
          milliseconds(&used.ru_utime) + milliseconds(&used.ru_stime), used.ru_maxrss);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
