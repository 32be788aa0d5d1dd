// SPDX-License-Identifier: MIT
// The small grammars: what is well written and what is not.
#include "definitions/form.hpp"

#include <doctest/doctest.h>

#include <string>

#include "definitions/cron.hpp"
#include "definitions/form_text.hpp"
#include "definitions/week.hpp"
#include "definitions/zone.hpp"

using davit::Form;

namespace {

void good(Form form, std::initializer_list<const char*> all) {
  for (const char* text : all) CHECK_MESSAGE(davit::check_form(form, text).has_value(), text);
}

void bad(Form form, std::initializer_list<const char*> all) {
  for (const char* text : all) CHECK_MESSAGE(!davit::check_form(form, text).has_value(), text);
}

}  // namespace

TEST_CASE("hosts can't be taken for options") {
  good(Form::host, {"web1", "deploy@web1.example.com", "web1:22", "[::1]", "[2001:db8::1]:2222",
                    "u@[::1]:22", "10.0.0.1"});
  bad(Form::host, {"", "-oProxyCommand=x", "-l@host", "a b", "host:", "host:0", "host:65536",
                   "host:22x", "@host", "u@", "[::1", "[]", "[::1]22", "a/b", "$(x)"});
  good(Form::user, {"deploy", "www-data", "a.b_c", "svc$"});
  bad(Form::user, {"", "-l", "a b", "a@b", "a:b", "a\nb", "$(x)"});
  const auto host = davit::parse_host("u@[2001:db8::1]:2222");
  REQUIRE(host.has_value());
  CHECK(host->user == "u");
  CHECK(host->name == "2001:db8::1");
  CHECK(host->port == 2222);
  CHECK(davit::parse_host("web1")->port == 0);
}

TEST_CASE("paths of the repository stay inside it") {
  good(Form::path, {".", "db/migrations", "a..b/c", "dir/"});
  bad(Form::path, {"", "/etc", "..", "../x", "a/../b", "a//b", "a\\b", "a\nb"});
}

TEST_CASE("patterns close what they open") {
  good(Form::glob, {"*.tar.gz", "a[0-9]", "[]]", "[!]]", "a\\[b", "src/**"});
  bad(Form::glob, {"", "a[0-9", "[]", "a\\", "a\nb"});
}

TEST_CASE("people and groups") {
  good(Form::principal, {"a@b.c", "*@b.c", "*", "group:ops"});
  bad(Form::principal, {"", "alice", "group:", "group:Bad Name", "a@b@c", "@b", "a@", "a b@c"});
  bad(Form::person, {"group:ops"});
}

TEST_CASE("shares of targets") {
  good(Form::share, {"0", "1", "25%", "100%"});
  bad(Form::share, {"", "%", "101%", "-1", "1.5", "+1", "99999999999"});
}

TEST_CASE("where secrets are found") {
  good(Form::secret, {"env:NAME", "file:/run/x", "command:pass show a:b"});
  bad(Form::secret, {"", "env:", "env:1X", "env:A B", "vault:x", "hunter2", ":x"});
}

TEST_CASE("addresses") {
  good(Form::address, {"http://a", "https://a.b/c?d=e"});
  bad(Form::address, {"", "a.b", "ftp://a", "https://", "https:///x", "https://?x", "http://a b"});
  good(Form::download, {"file:///tmp/x", "https://a"});
  bad(Form::download, {"file://x", "/tmp/x"});
}

TEST_CASE("JSON pointers") {
  good(Form::pointer, {"", "/", "/a/0", "/a~1b~0c"});
  bad(Form::pointer, {"a", "/~", "/~2"});
}

TEST_CASE("days of the week") {
  CHECK(davit::parse_weekdays("Mon-Thu")->to_string() == "0001111");
  CHECK(davit::parse_weekdays("sat-mon")->to_string() == "1100001");
  CHECK(davit::parse_weekdays("Mon, Wed,FRI")->to_string() == "0010101");
  CHECK(davit::parse_weekdays("Sun-Sun")->to_string() == "1000000");
  bad(Form::days, {"", "Mon-", "-Mon", "Mon,", "Monday", "Mon-Tue-Wed"});
}

TEST_CASE("times of day") {
  CHECK(davit::parse_time_of_day("00:00") == 0);
  CHECK(davit::parse_time_of_day("24:00") == 24 * 60);
  bad(Form::time_of_day, {"", "9:00", "24:01", "12:60", "12-00", "aa:bb", "12:00:00"});
}

TEST_CASE("schedules as cron writes them") {
  const auto cron = davit::parse_cron("*/20 8-18/5 1,15 jan-mar Mon-5");
  REQUIRE(cron.has_value());
  CHECK(cron->minutes.count() == 3);
  CHECK(cron->minutes[40]);
  CHECK(cron->hours.count() == 3);
  CHECK(cron->hours[18]);
  CHECK(cron->days.count() == 2);
  CHECK(cron->months.count() == 3);
  CHECK(cron->weekdays.count() == 5);
  CHECK_FALSE(cron->any_day);
  CHECK(davit::parse_cron("0 0 * * 7")->weekdays[0]);
  CHECK(davit::parse_cron("5/20 * * * *")->minutes.count() == 3);
  bad(Form::cron, {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *",
                   "* * * 13 *", "* * * * 8", "*/0 * * * *", "5-1 * * * *", "a * * * *",
                   "1,,2 * * * *", "-1 * * * *", "*/99999999999 * * * *", "0 0 31 2 *", "@daily"});
}

TEST_CASE("time zones are those of the machine's database") {
  CHECK(davit::zone_exists("UTC"));
  CHECK(davit::zone_exists("Europe/Berlin"));
  CHECK(davit::zone_exists("Etc/GMT+5"));
  for (const char* name : {"", "Europe", "Europe/", "Mars/Olympus", "../zoneinfo/UTC",
                           "/etc/passwd", "zone.tab", "posixrules", "right/UTC", "europe/berlin"})
    CHECK_MESSAGE(!davit::zone_exists(name), name);
}
