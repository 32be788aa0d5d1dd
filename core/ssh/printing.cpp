// SPDX-License-Identifier: MIT
#include "core/ssh/printing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/artifacts/parcel.hpp"
#include "core/ssh/remote_link.hpp"
#include "core/ssh/remote_upload.hpp"

namespace davit {

namespace {

std::string answering(const std::string& words) {
  auto line = words;
  std::replace(line.begin(), line.end(), '\n', ' ');  // a path may hold one
  return fmt::format("answer {}\n", line);
}

std::string putting_out(const std::string& bytes) {
  return fmt::format("output {}\n{}", bytes.size(), bytes);
}

std::string indented(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    out += "  " + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return out;
}

// "1 file", "2000 files"
std::string files(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "file" : "files");
}

class PrintingTongue : public Tongue {
 public:
  std::string session() const override { return ""; }
  std::string opening(const std::string& token, const RemoteFolder&) const override {
    return fmt::format("token {}\n", token) + answering("ready");
  }

  std::string beginning(const RemoteTry& wanted) const override {
    const auto text = script_words(wanted);
    return answering("begun " + wanted.name) + putting_out(text) +
           answering(fmt::format("ended {} 0 {}", wanted.name, text.size()));
  }
  std::string probe(const std::string&, const std::string& name) const override {
    return answering("none " + name);
  }
  std::string follow(const std::string&, const std::string&, std::size_t) const override {
    return "";
  }
  std::string unfollow() const override { return ""; }
  std::string send_file(const std::string&, const std::string& name,
                        const std::string&) const override {
    return answering(fmt::format("file {} 0", name));
  }
  std::string signal_try(const std::string&, const std::string&, const char*) const override {
    return "";
  }
  std::string finish(const std::string&, const std::string& name) const override {
    return answering("killed " + name);
  }
  std::string forget(const std::string&, const std::string&) const override { return ""; }
  std::string drop(const std::string&, const std::string&) const override { return ""; }

  std::string remembering(const RemoteReceipt&, Instant) const override { return ""; }
  std::string done_there(const RemoteReceipt& receipt, Instant) const override {
    return answering("noted " + receipt.target);
  }
  std::string looking(const std::string&, const std::string& target,
                      const std::vector<Trace>&) const override {
    return answering("looked " + target);
  }

  std::string receiving_file(const RemoteUpload& wanted, std::int64_t size,
                             const Digest& digest) const override {
    return placing(wanted, fmt::format("{} bytes, sha256 {}", size, digest.abbreviated()));
  }
  std::string receiving_tree(const RemoteUpload& wanted, const Parcel& parcel) const override {
    std::int64_t size = 0;
    for (const auto& file : parcel.files) size += file.size;
    return placing(wanted, fmt::format("{}, {} bytes", files(parcel.files.size()), size));
  }
  std::string receiving_rest(std::int64_t) const override { return ""; }
  std::string dropping_upload() const override { return ""; }

  std::string switching(const RemoteSwitch& wanted) const override {
    return told(wanted.name, fmt::format("{} → {}", wanted.link, wanted.to)) +
           answering(fmt::format("switched {} 0", wanted.name));
  }
  std::string clearing(const std::string& name, const std::string&,
                       const std::vector<std::string>&) const override {
    return answering("cleared " + name);
  }

 private:
  static std::string told(const std::string& name, const std::string& line) {
    return answering(fmt::format("told {} {}", name, line));
  }
  static std::string placing(const RemoteUpload& wanted, const std::string& what) {
    return told(wanted.name, fmt::format("{} → {}", what, wanted.to)) +
           answering("placed " + wanted.name);
  }
};

}  // namespace

const Tongue& printing_tongue() {
  static const PrintingTongue tongue;
  return tongue;
}

std::string script_words(const RemoteTry& wanted) {
  auto out =
      fmt::format("{}{} in {}\n", wanted.asks ? "only if this succeeds: " : "", text(wanted.shell),
                  wanted.directory.empty() ? "the user's home" : wanted.directory);
  out += indented(wanted.script);
  for (const auto& [name, value] : wanted.values) {
    if (name.starts_with("DAVIT_")) continue;
    const auto end = value.find('\n');
    out += fmt::format("with {}={}{}\n", name, value.substr(0, end),
                       end == std::string::npos ? "" : " …");
  }
  return out;
}

void PrintingWay::write(std::string_view& from) {
  said_.append(std::exchange(from, {}));
  if (!later_) later_ = loop_.after(Duration{0}, [this] { give_back(); });
}

// What is said is whole lines, and outputs whole.
void PrintingWay::give_back() {
  later_.reset();
  const auto said = std::exchange(said_, {});
  std::string_view rest = said;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto space = std::min(line.find(' '), line.size());
    const auto word = line.substr(0, space);
    const auto more = line.substr(std::min(space + 1, line.size()));
    if (word == "token") token_ = more;
    if (word == "answer") ends_.errors(fmt::format("{} {}\n", token_, more));
    if (word != "output") continue;
    std::size_t size = 0;
    std::from_chars(more.data(), more.data() + more.size(), size);
    ends_.output(rest.substr(0, size));
    rest.remove_prefix(std::min(size, rest.size()));
  }
}

}  // namespace davit
