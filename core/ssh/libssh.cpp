// SPDX-License-Identifier: MIT
#include "core/ssh/libssh.hpp"

#include "core/process/shared_object.hpp"

namespace davit {

namespace {

Result<Libssh> load() {
  DAVIT_TRY(auto file, SharedObject::open({"libssh.so.4"}));
  Libssh library;
  file.find(library.session_new, "ssh_new");
  file.find(library.session_free, "ssh_free");
  file.find(library.set, "ssh_options_set");
  file.find(library.set_blocking, "ssh_set_blocking");
  file.find(library.connect, "ssh_connect");
  file.find(library.disconnect, "ssh_silent_disconnect");
  file.find(library.is_connected, "ssh_is_connected");
  file.find(library.error, "ssh_get_error");
  file.find(library.poll_flags, "ssh_get_poll_flags");
  file.find(library.send_keepalive, "ssh_send_keepalive");
  file.find(library.is_known_server, "ssh_session_is_known_server");
  file.find(library.server_key, "ssh_get_server_publickey");
  file.find(library.key_text, "ssh_pki_export_pubkey_base64");
  file.find(library.key_kind, "ssh_key_type");
  file.find(library.kind_name, "ssh_key_type_to_char");
  file.find(library.free_text, "ssh_string_free_char");
  file.find(library.key_free, "ssh_key_free");
  file.find(library.import_key, "ssh_pki_import_privkey_file");
  file.find(library.auth_agent, "ssh_userauth_agent");
  file.find(library.auth_key, "ssh_userauth_publickey");
  file.find(library.channel_new, "ssh_channel_new");
  file.find(library.channel_free, "ssh_channel_free");
  file.find(library.channel_open, "ssh_channel_open_session");
  file.find(library.channel_exec, "ssh_channel_request_exec");
  file.find(library.channel_poll, "ssh_channel_poll");
  file.find(library.channel_read, "ssh_channel_read_nonblocking");
  file.find(library.channel_write, "ssh_channel_write");
  file.find(library.channel_window, "ssh_channel_window_size");
  file.find(library.channel_is_eof, "ssh_channel_is_eof");
  file.find(library.channel_is_closed, "ssh_channel_is_closed");
  DAVIT_CHECK(file.complete());
  return library;
}

}  // namespace

const Result<Libssh>& libssh() {
  static const Result<Libssh> loaded = load();
  return loaded;
}

}  // namespace davit
