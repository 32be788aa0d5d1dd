// SPDX-License-Identifier: MIT
// bench_peak COMMAND...: runs it and prints the peak of its resident memory, or of the child of its
// that had more, in KiB, to standard error. A program of its own, as small as can be: the kernel
// counts what the process was before it became the command.
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char** words) {
  if (count < 2) return 2;
  const pid_t child = fork();
  if (child == 0) {
    execvp(words[1], words + 1);
    perror(words[1]);
    _exit(127);
  }
  int status = 0;
  struct rusage used {};
  if (child < 0 || wait4(child, &status, 0, &used) != child) return 1;
  fprintf(stderr, "peak %ld\n", used.ru_maxrss);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
