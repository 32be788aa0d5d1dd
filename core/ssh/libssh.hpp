// SPDX-License-Identifier: MIT
// What is used of libssh, found when it is first needed. For core/ssh/libssh_* alone.
#pragma once

#include <libssh/libssh.h>
#include <libssh/server.h>

#include "definitions/result.hpp"

namespace davit {

struct Libssh {
  decltype(ssh_new)* session_new = nullptr;
  decltype(ssh_free)* session_free = nullptr;
  decltype(ssh_options_set)* set = nullptr;
  decltype(ssh_set_blocking)* set_blocking = nullptr;
  decltype(ssh_connect)* connect = nullptr;
  decltype(ssh_silent_disconnect)* disconnect = nullptr;
  decltype(ssh_is_connected)* is_connected = nullptr;
  decltype(ssh_get_error)* error = nullptr;
  decltype(ssh_get_poll_flags)* poll_flags = nullptr;
  decltype(ssh_send_keepalive)* send_keepalive = nullptr;
  decltype(ssh_session_is_known_server)* is_known_server = nullptr;
  decltype(ssh_get_server_publickey)* server_key = nullptr;
  decltype(ssh_pki_export_pubkey_base64)* key_text = nullptr;
  decltype(ssh_key_type)* key_kind = nullptr;
  decltype(ssh_key_type_to_char)* kind_name = nullptr;
  decltype(ssh_string_free_char)* free_text = nullptr;
  decltype(ssh_key_free)* key_free = nullptr;
  decltype(ssh_pki_import_privkey_file)* import_key = nullptr;
  decltype(ssh_userauth_agent)* auth_agent = nullptr;
  decltype(ssh_userauth_publickey)* auth_key = nullptr;
  decltype(ssh_channel_new)* channel_new = nullptr;
  decltype(ssh_channel_free)* channel_free = nullptr;
  decltype(ssh_channel_open_session)* channel_open = nullptr;
  decltype(ssh_channel_request_exec)* channel_exec = nullptr;
  decltype(ssh_channel_poll)* channel_poll = nullptr;
  decltype(ssh_channel_read_nonblocking)* channel_read = nullptr;
  decltype(ssh_channel_write)* channel_write = nullptr;
  decltype(ssh_channel_window_size)* channel_window = nullptr;
  decltype(ssh_channel_is_eof)* channel_is_eof = nullptr;
  decltype(ssh_channel_is_closed)* channel_is_closed = nullptr;
};

// Opened once. An error says what the loader said.
const Result<Libssh>& libssh();

}  // namespace davit
