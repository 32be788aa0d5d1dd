// SPDX-License-Identifier: MIT
// Asking over HTTP. The one door to libcurl, which is opened when first needed.
//
// Certificates are verified. Redirects are followed within http and https, five at most; headers
// given by the caller are not sent to another host. Proxies as curl reads them from the environment.
#pragma once

#include <functional>
#include <string>
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
  Duration timeout = std::chrono::seconds(60);  // of the whole exchange; 0: none
  bool allow_file = false;
  std::size_t largest_answer = 16u << 20;  // of an answer kept in memory
};

struct HttpAnswer {
  int status = 0;
  std::string body;
};

// An error when no answer came; any status is an answer.
Result<HttpAnswer> ask(const HttpRequest&);

// The body goes to `sink` piece by piece instead; progress in bytes. A status of 400 or more is an
// error here.
Outcome fetch(const HttpRequest&, const std::function<Outcome(std::string_view)>& sink,
              const std::function<void(std::int64_t done, std::int64_t total)>& progress);

}  // namespace davit
