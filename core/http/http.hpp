// SPDX-License-Identifier: MIT
// Asking over HTTP. The one door to libcurl, which is opened when first needed.
//
// Certificates are verified. Redirects are followed within http and https, five at most; headers
// given by the caller are not sent to another origin. Proxies as curl reads them from the
// environment. May be called on any thread, and on several at once. An address is shown in errors
// without its user, password and query.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "definitions/instant.hpp"
#include "definitions/result.hpp"

namespace davit {

struct HttpRequest {
  std::string url;  // http, https; file where `allow_file`
  std::string method = "GET";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  // Of the whole exchange, redirects included. 0: as long as bytes come, a minute without ends it.
  Duration timeout = std::chrono::seconds(60);
  bool allow_file = false;
  std::size_t largest_answer = 16u << 20;  // of an answer kept in memory, in bytes
  std::function<bool()> stop = {};         // asked about once a second: true gives up
};

struct HttpAnswer {
  int status = 0;
  std::string body;
};

// An error when no whole answer came; any status is an answer.
Result<HttpAnswer> ask(const HttpRequest&);

// The body goes to `sink` piece by piece instead; progress in bytes, total 0 where unknown.
// Anything but a status from 200 to 299 is an error here, and its body is not given to the sink.
Outcome fetch(const HttpRequest&, const std::function<Outcome(std::string_view)>& sink,
              const std::function<void(std::int64_t done, std::int64_t total)>& progress = {});

}  // namespace davit
