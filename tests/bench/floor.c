// SPDX-License-Identifier: MIT
// The floor: what it takes to run commands on many hosts at once from one process, with nothing but
// libssh and poll. Knows no host keys, no configuration and no record of anything.
//
//   floor HOSTS PORT USER KEY INPUT COMMAND...    HOSTS: a file, one address a line
//
// Each host runs the commands one after another, each in a channel of its own over one connection.
// INPUT: a file that each command reads; "" for none. Exit status 0 when all of them succeeded.
#include <libssh/libssh.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { kMostHosts = 1024, kPiece = 256 * 1024 };

enum Stage { kConnect, kAuthenticate, kOpen, kExecute, kWrite, kRead, kDone };

struct Session {
  enum Stage stage;
  ssh_session session;
  ssh_channel channel;
  int command;
  size_t sent;
};

static struct Session sessions[kMostHosts];
static char addresses[kMostHosts][64];
static ssh_key key;
static char** commands;
static int command_count;
static char* input;
static size_t input_size;

static int fail(const char* what, const char* why) {
  fprintf(stderr, "floor: %s: %s\n", what, why);
  exit(1);
}

static void read_input(const char* path) {
  FILE* file = fopen(path, "rb");
  if (!file) fail(path, "can't be read");
  fseek(file, 0, SEEK_END);
  input_size = (size_t)ftell(file);
  rewind(file);
  input = malloc(input_size);
  if (!input || fread(input, 1, input_size, file) != input_size) fail(path, "can't be read");
  fclose(file);
}

static int pour(struct Session* at) {
  ssh_channel_poll(at->channel, 0);  // takes in what widens the window
  while (at->sent < input_size) {
    if (ssh_get_poll_flags(at->session) & SSH_WRITE_PENDING) return SSH_AGAIN;
    size_t piece = ssh_channel_window_size(at->channel);
    if (piece > kPiece) piece = kPiece;
    if (piece > input_size - at->sent) piece = input_size - at->sent;
    if (piece == 0) return SSH_AGAIN;
    const int put = ssh_channel_write(at->channel, input + at->sent, (uint32_t)piece);
    if (put < 0) return SSH_ERROR;
    if (put == 0) return SSH_AGAIN;
    at->sent += (size_t)put;
  }
  ssh_channel_send_eof(at->channel);
  at->stage = kRead;
  return SSH_OK;
}

static int drain(struct Session* at) {
  char room[4096];
  for (int stream = 0; stream < 2; ++stream)
    for (int got = 1; got > 0;) {
      got = ssh_channel_read_nonblocking(at->channel, room, sizeof room, stream);
      if (got == SSH_ERROR) return SSH_ERROR;
    }
  if (!ssh_channel_is_eof(at->channel)) return SSH_AGAIN;
  const int status = ssh_channel_get_exit_status(at->channel);  // takes in what comes after
  if (status < 0 && !ssh_channel_is_closed(at->channel)) return SSH_AGAIN;
  ssh_channel_free(at->channel);
  at->channel = NULL;
  at->sent = 0;
  if (status != 0) return SSH_ERROR;
  at->stage = ++at->command < command_count ? kOpen : kDone;
  if (at->stage == kDone) ssh_disconnect(at->session);
  return SSH_OK;
}

static int advance(struct Session* at) {
  int got = SSH_OK;
  switch (at->stage) {
    case kConnect:
      got = ssh_connect(at->session);
      break;
    case kAuthenticate:
      got = ssh_userauth_publickey(at->session, NULL, key);
      if (got == SSH_AUTH_AGAIN) return SSH_AGAIN;
      if (got != SSH_AUTH_SUCCESS) return SSH_ERROR;
      break;
    case kOpen:
      if (!at->channel) at->channel = ssh_channel_new(at->session);
      got = ssh_channel_open_session(at->channel);
      break;
    case kExecute:
      got = ssh_channel_request_exec(at->channel, commands[at->command]);
      if (got == SSH_OK && !input) ++at->stage;
      break;
    case kWrite:
      return pour(at);
    case kRead:
      return drain(at);
    case kDone:
      return SSH_AGAIN;
  }
  if (got == SSH_OK) ++at->stage;
  return got;
}

static void begin(struct Session* at, const char* address, int port, const char* user) {
  const int no = 0, yes = 1;
  at->session = ssh_new();
  ssh_options_set(at->session, SSH_OPTIONS_HOST, address);
  ssh_options_set(at->session, SSH_OPTIONS_PORT, &port);
  ssh_options_set(at->session, SSH_OPTIONS_USER, user);
  ssh_options_set(at->session, SSH_OPTIONS_NODELAY, &yes);
  ssh_options_set(at->session, SSH_OPTIONS_PROCESS_CONFIG, &no);
  ssh_set_blocking(at->session, 0);
}

static void step(struct Session* at, const char* address) {
  int got = SSH_OK;
  while (got == SSH_OK) got = advance(at);
  if (got == SSH_ERROR) fail(address, ssh_get_error(at->session));
}

static void wait_for_any(int count) {
  struct pollfd polled[kMostHosts];
  for (int i = 0; i < count; ++i) {
    const int flags = ssh_get_poll_flags(sessions[i].session);
    polled[i].fd = sessions[i].stage == kDone ? -1 : ssh_get_fd(sessions[i].session);
    polled[i].events = (short)(POLLIN | (flags & SSH_WRITE_PENDING ? POLLOUT : 0));
  }
  poll(polled, (nfds_t)count, 1000);
}

int main(int count, char** words) {
  if (count < 7) return 2;
  FILE* list = fopen(words[1], "r");
  int hosts = 0;
  if (!list) fail(words[1], "can't be read");
  while (hosts < kMostHosts && fscanf(list, "%63s", addresses[hosts]) == 1) ++hosts;
  fclose(list);
  ssh_init();
  if (ssh_pki_import_privkey_file(words[4], NULL, NULL, NULL, &key) != SSH_OK)
    fail(words[4], "is no key");
  if (*words[5]) read_input(words[5]);
  commands = words + 6;
  command_count = count - 6;
  for (int i = 0; i < hosts; ++i) begin(&sessions[i], addresses[i], atoi(words[2]), words[3]);
  for (int left = hosts; left > 0;) {
    left = 0;
    for (int i = 0; i < hosts; ++i) {
      step(&sessions[i], addresses[i]);
      left += sessions[i].stage != kDone;
    }
    if (left > 0) wait_for_any(hosts);
  }
  return 0;
}
