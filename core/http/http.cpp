// SPDX-License-Identifier: MIT
#include "core/http/http.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "core/http/address.hpp"
#include "core/process/shared_object.hpp"
#include "definitions/ascii.hpp"

namespace davit {

namespace {

constexpr int kRedirects = 5;
constexpr long kConnectSeconds = 15;
constexpr long kStallSeconds = 60;
constexpr auto kForm = "write it as http://host/path or https://host/path";

// What is used of libcurl.
struct Curl {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) init = nullptr;
  decltype(&curl_easy_cleanup) cleanup = nullptr;
  decltype(&curl_easy_setopt) setopt = nullptr;
  decltype(&curl_easy_getinfo) getinfo = nullptr;
  decltype(&curl_easy_perform) perform = nullptr;
  decltype(&curl_easy_strerror) strerror = nullptr;
  decltype(&curl_slist_append) append = nullptr;
  decltype(&curl_slist_free_all) free_all = nullptr;
};

Result<Curl> load_curl() {
  DAVIT_TRY(auto library, SharedObject::open({"libcurl.so.4", "libcurl-gnutls.so.4"}));
  Curl curl;
  library.find(curl.global_init, "curl_global_init");
  library.find(curl.init, "curl_easy_init");
  library.find(curl.cleanup, "curl_easy_cleanup");
  library.find(curl.setopt, "curl_easy_setopt");
  library.find(curl.getinfo, "curl_easy_getinfo");
  library.find(curl.perform, "curl_easy_perform");
  library.find(curl.strerror, "curl_easy_strerror");
  library.find(curl.append, "curl_slist_append");
  library.find(curl.free_all, "curl_slist_free_all");
  DAVIT_CHECK(library.complete());
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return Error{"libcurl can't be initialised"};
  return curl;
}

// Opened and initialised once, whichever thread comes first; the others wait for it.
const Result<Curl>& opened() {
  static const Result<Curl> curl = load_curl();
  return curl;
}

using Sink = std::function<Outcome(std::string_view)>;
using Meter = std::function<void(std::int64_t, std::int64_t)>;

// What one exchange is asked for, beside the request.
struct Taking {
  const Sink& sink;
  const Meter& meter;
  bool good_only = false;  // the body of an answer that is no success is dropped
};

struct Exchanged {
  int status = 0;
  std::string redirect;  // where the answer sends us, in full; empty: nowhere
  Duration took{};
};

// One request and its answer, with no redirect followed.
class Exchange {
 public:
  Exchange(const Curl& curl, const HttpRequest& request, const Taking& taking)
      : curl_(curl), request_(request), taking_(taking), easy_(curl.init()) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange() {
    curl_.free_all(headers_);
    curl_.cleanup(easy_);
  }

  Result<Exchanged> run(Duration left) {
    if (easy_ == nullptr) return Error{"libcurl has no memory left"};
    set(CURLOPT_ERRORBUFFER, said_.data());
    set_address();
    set_method();
    set_headers();
    set_limits(left);
    set_callbacks();
    const CURLcode code = curl_.perform(easy_);
    if (refused_) return *refused_;
    if (code != CURLE_OK) return error(code);
    return answer();
  }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    curl_.setopt(easy_, option, value);
  }

  void set_address() {
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, request_.allow_file ? "http,https,file" : "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_USERAGENT, "davit");
  }

  void set_method() {
    const auto& method = request_.method;
    const bool bodied = method == "POST" || method == "PUT" || method == "PATCH";
    if (bodied || !request_.body.empty()) {
      set(CURLOPT_POSTFIELDS, request_.body.data());
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
      add_header("Expect:");        // no waiting for a 100 Continue
      add_header("Content-Type:");  // not curl's guess, a form; the caller's stands behind it
    }
    if (method == "HEAD")
      set(CURLOPT_NOBODY, 1L);
    else
      set(CURLOPT_CUSTOMREQUEST, method.c_str());
  }

  void add_header(const std::string& line) { headers_ = curl_.append(headers_, line.c_str()); }

  void set_headers() {
    for (const auto& [name, value] : request_.headers)
      add_header(value.empty() ? name + ";" : name + ": " + value);
    set(CURLOPT_HTTPHEADER, headers_);
  }

  void set_limits(Duration left) {
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
    if (left.count() != 0) return;
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, kStallSeconds);
  }

  void set_callbacks() {
    set(CURLOPT_WRITEFUNCTION, &Exchange::take);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_XFERINFOFUNCTION, &Exchange::progress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
  }

  int status() const {
    long code = 0;
    curl_.getinfo(easy_, CURLINFO_RESPONSE_CODE, &code);
    return static_cast<int>(code);
  }

  bool good() const {
    const int code = status();
    return (code >= 200 && code < 300) || (code == 0 && request_.allow_file);
  }

  // 0 ends the exchange.
  static std::size_t take(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    if (exchange.taking_.good_only && !exchange.good()) return size;
    auto taken = exchange.taking_.sink({bytes, size});
    if (taken) return size;
    exchange.refused_ = std::move(taken).error();
    return 0;
  }

  static int progress(void* self, curl_off_t total, curl_off_t done, curl_off_t, curl_off_t) {
    auto& exchange = *static_cast<Exchange*>(self);
    const auto& [sink, meter, good_only] = exchange.taking_;
    if (meter && exchange.good()) meter(done, total);
    if (!exchange.request_.stop || !exchange.request_.stop()) return 0;
    exchange.refused_ = Error{"stopped asking " + shown_address(exchange.request_.url)};
    return 1;
  }

  Result<Exchanged> answer() const {
    Exchanged out{status(), "", {}};
    curl_off_t microseconds = 0;
    curl_.getinfo(easy_, CURLINFO_TOTAL_TIME_T, &microseconds);
    out.took = Duration(microseconds / 1000);
    char* redirect = nullptr;
    curl_.getinfo(easy_, CURLINFO_REDIRECT_URL, &redirect);
    const std::array following{301, 302, 303, 307, 308};
    const bool follow =
        std::find(following.begin(), following.end(), out.status) != following.end();
    if (follow && redirect != nullptr) out.redirect = redirect;
    return out;
  }

  Error error(CURLcode code) const {
    const auto where = shown_address(request_.url);
    std::string said = said_[0] != '\0' ? said_.data() : curl_.strerror(code);
    if (said.size() > 1 && ascii::lower(said[1])) said[0] = ascii::lowered(said[0]);
    while (!said.empty() && (said.back() == '.' || said.back() == '\n')) said.pop_back();
    switch (code) {
      case CURLE_UNSUPPORTED_PROTOCOL:
      case CURLE_URL_MALFORMAT:
        return {
            fmt::format("{} is no address that can be asked", where), kForm, {}, Failure::misused};
      case CURLE_PEER_FAILED_VERIFICATION:
        return {fmt::format("the certificate of {} can't be verified: {}", where, said),
                "add the authority's certificate to this machine's trusted ones"};
      case CURLE_FILE_COULDNT_READ_FILE:
        return {fmt::format("{} can't be read", where), "check that the file is there"};
      default:
        return {fmt::format("no answer from {}: {}", where, said)};
    }
  }

  const Curl& curl_;
  const HttpRequest& request_;
  const Taking& taking_;
  CURL* easy_;
  curl_slist* headers_ = nullptr;
  std::array<char, CURL_ERROR_SIZE> said_{};
  std::optional<Error> refused_;
};

bool is_file(std::string_view address) { return origin(address).starts_with("file:"); }

Outcome well_formed(const HttpRequest& request) {
  const auto where = shown_address(request.url);
  const auto breaks = [](std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
  };
  if (breaks(request.url)) return misused("an address holds a line break", "take it out");
  if (!is_address(request.url) || (is_file(request.url) && !request.allow_file))
    return misused(fmt::format("{} is no address that can be asked", where), kForm);
  const bool word = std::all_of(request.method.begin(), request.method.end(), ascii::upper);
  if (request.method.empty() || !word)
    return misused(fmt::format("no request to {} has such a method", where), "GET, POST, PUT, …");
  for (const auto& [name, value] : request.headers) {
    if (name.empty() || breaks(name) || name.find_first_of(": ;") != std::string::npos)
      return misused(fmt::format("a header for {} has no proper name", where), "letters and -");
    if (breaks(value))
      return misused(fmt::format("the header {} for {} holds a line break", name, where),
                     "a header is one line");
  }
  return Done{};
}

// The request that follows a redirect (RFC 9110, 15.4): as browsers do, a POST becomes a GET unless
// the status keeps it.
Outcome redirect(HttpRequest& request, const Exchanged& answer) {
  if (!is_address(answer.redirect) || is_file(answer.redirect))
    return Error{fmt::format("{} redirects to {}, which is neither http nor https",
                             shown_address(request.url), shown_address(answer.redirect))};
  const bool keeps = answer.status == 307 || answer.status == 308;
  if (!keeps && request.method != "GET" && request.method != "HEAD") {
    request.method = "GET";
    request.body.clear();
  }
  if (origin(answer.redirect) != origin(request.url)) request.headers.clear();
  request.url = answer.redirect;
  request.allow_file = false;
  return Done{};
}

// Follows redirects to the last answer; gives its status.
Result<int> exchange(HttpRequest request, const Taking& taking,
                     const std::function<void()>& again) {
  DAVIT_CHECK(well_formed(request));
  const auto& curl = opened();
  if (!curl) return curl.error();
  const auto asked = shown_address(request.url);
  auto left = request.timeout;
  for (int hop = 0; hop <= kRedirects; ++hop) {
    DAVIT_TRY(auto answer, Exchange(*curl, request, taking).run(left));
    if (answer.redirect.empty()) return answer.status;
    again();
    DAVIT_CHECK(redirect(request, answer));
    if (left.count() != 0) left = std::max(left - answer.took, Duration(1));
  }
  return Error{fmt::format("{} redirects more than {} times", asked, kRedirects)};
}

}  // namespace

Result<HttpAnswer> ask(const HttpRequest& request) {
  HttpAnswer answer;
  const Sink keep = [&](std::string_view bytes) -> Outcome {
    if (answer.body.size() + bytes.size() > request.largest_answer)
      return Error{fmt::format("the answer of {} is larger than {} bytes",
                               shown_address(request.url), request.largest_answer)};
    answer.body.append(bytes);
    return Done{};
  };
  const Meter none;
  DAVIT_TRY(answer.status, exchange(request, {keep, none}, [&] { answer.body.clear(); }));
  return answer;
}

Outcome fetch(const HttpRequest& request, const std::function<Outcome(std::string_view)>& sink,
              const std::function<void(std::int64_t done, std::int64_t total)>& progress) {
  DAVIT_TRY(const int status, exchange(request, {sink, progress, true}, [] {}));
  const bool local = status == 0 && request.allow_file;
  if (local || (status >= 200 && status < 300)) return Done{};
  return Error{
      fmt::format("{} answered {}", shown_address(request.url), status),
      status == 401 || status == 403 ? "the server wants to know who asks" : "check the address"};
}

}  // namespace davit
