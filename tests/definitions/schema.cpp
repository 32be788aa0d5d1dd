// SPDX-License-Identifier: MIT
// The schema and the reader go by one table: they must give the same answers.
#include "definitions/schema.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "definitions/reader.hpp"
#include "definitions/schema_form.hpp"
#include "definitions/templates.hpp"
#include "tests/definitions/json_schema.hpp"

using namespace davit;

namespace {

bool schema_takes_definition(std::string_view text) {
  static const auto schema = schema_of_definition();
  return json_schema::accepts(schema, json_schema::from_toml(text));
}

bool schema_takes_team(std::string_view text) {
  static const auto schema = schema_of_team();
  return json_schema::accepts(schema, json_schema::from_toml(text));
}

bool reader_takes_definition(std::string_view text) {
  return read_definition(text, "web", "web.toml").ok();
}

bool reader_takes_team(std::string_view text) { return read_team(text, "team.toml").ok(); }

std::string content(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

// A definition around one environment's lines.
std::string environment(std::string_view lines) {
  return "[artifacts.app]\nfile = \"x\"\n[environments.dev]\n" + std::string(lines);
}

std::string step(std::string_view lines) {
  return environment("[[environments.dev.steps]]\n" + std::string(lines));
}

}  // namespace

TEST_CASE("schema: takes every example and every template, as the reader does") {
  int seen = 0;
  const auto root = std::filesystem::path(DAVIT_SOURCE_DIR) / "examples";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".toml") continue;
    const auto text = content(entry.path());
    const bool definition = entry.path().parent_path().filename() == "definitions";
    CAPTURE(entry.path().string());
    CHECK((definition ? reader_takes_definition(text) : reader_takes_team(text)));
    CHECK((definition ? schema_takes_definition(text) : schema_takes_team(text)));
    ++seen;
  }
  CHECK(seen >= 2);
  for (const auto& one : templates()) {
    CAPTURE(one.name);
    CHECK(schema_takes_definition(*fill(one.name, "web", "alice@example.com")));
  }
  CHECK(schema_takes_team(starter_team("alice@example.com")));
}

TEST_CASE("schema: takes what the reader takes") {
  const std::string good[] = {
      "",
      "[variables]\nPORT = 8080\nRATE = 0.5\nON = true\nDAY = 2026-01-01\n",
      "[variables]\nLOG = { value = \"a\", choices = [\"a\", \"b\"], ask = true }\n",
      "[variables]\nKEY = { secret = \"command:pass show\\nx\" }\n",
      "[artifacts]\na = { release = \"api\" }\nb = { release = { definition = \"api\" } }\n",
      "[artifacts]\na = { url = \"https://x.example/a\" }\nb = { url = \"file:///x\" }\n",
      "[triggers]\nbranch = \"main\"\n[triggers.schedule]\ncron = \"0 3 * * 1-5\"\nzone = "
      "\"UTC\"\n",
      "[triggers.branch]\ninclude = [\"main\", \"hotfix/*\"]\npaths = \"shop/**\"\n",
      "[permissions]\ndeploy = \"group:dev\"\ncreate_release = { deny = [\"*@example.com\"] }\n",
      "[gates.up]\nhttp = \"https://x.example/\"\nexpect = 204\n",
      environment("soak = \"1h30m\"\nneeds = \"qa\"\n[environments.qa]\n"),
      environment(
          "targets = [\"a\", \"b\"]\nrollout = { batches = [1, \"25%\"], pause = \"1m\" }\n"),
      environment("targets = { tags = { role = \"web\" } }\n"),
      environment("[[environments.dev.before]]\napproval = \"a@b.example\"\n"),
      environment(
          "before = [{ window = { zone = \"UTC\", from = 09:00:00, days = \"Mon-Thu\" } }]\n"),
      step("run = \"true\"\nenv = { A = 1 }\noutputs = [\"x\"]\nshell = \"bash\"\nretries = 3\n"),
      step("upload = \"app\"\nto = \"x/{release}\"\nunpack = true\n"),
      step("http = \"http://127.0.0.1/\"\nexpect = { json = { \"/a~1b\" = [1, { x = 2 }] } }\n"),
      step("wait = \"90s\"\n"),
      step("manual = \"go\"\n"),
  };
  for (const auto& text : good) {
    CAPTURE(text);
    CHECK(reader_takes_definition(text));
    CHECK(schema_takes_definition(text));
  }
}

TEST_CASE("schema: refuses mistakes that the reader refuses") {
  const std::string bad[] = {
      "descripton = \"x\"\n",
      "description = 3\n",
      "environments = \"dev\"\n",
      "[retain]\ndays = \"30\"\n",
      "[retain]\nat_least = 0\n",
      "[environments.Dev]\n",
      "[environments.\"a..b\"]\n",
      "[variables]\n\"1A\" = 1\n",
      "[variables]\nA = { value = 1, secret = \"env:A\" }\n",
      "[variables]\nA = { secret = \"hunter2\" }\n",
      "[artifacts.a]\n",
      "[artifacts.a]\nfile = \"x\"\ngit = \"y\"\n",
      "[artifacts.a]\nfile = \"x\"\nsha256 = \"" + std::string(64, 'a') + "\"\n",
      "[artifacts.a]\nurl = \"https://x.example/\"\nsha256 = \"abc\"\n",
      "[artifacts.a]\ngit = \"/etc\"\n",
      "[artifacts.a]\nurl = \"ftp://x.example/\"\n",
      "[triggers.schedule]\ncron = \"0 3 * *\"\nzone = \"UTC\"\n",
      "[triggers.schedule]\ncron = \"0 3 * * *\"\n",
      "[triggers.branch]\nexclude = [\"x\"]\n",
      "[permissions]\ndeplyo = [\"a@b.example\"]\n",
      "[permissions]\ndeploy = [\"developers\"]\n",
      environment("deploy_on = \"push\"\n"),
      environment("need = [\"qa\"]\n"),
      environment("soak = \"30 minutes\"\n"),
      environment("soak = 30\n"),
      environment("steps = []\nphases = []\n"),
      environment("rollout = { batches = [\"110%\"] }\n"),
      environment("[[environments.dev.before]]\n"),
      environment("[[environments.dev.before]]\nwait = \"1m\"\ngates = \"x\"\n"),
      environment("[[environments.dev.before]]\napproval = { count = 1 }\n"),
      environment("[[environments.dev.before]]\napproval = { from = [] }\n"),
      environment("[[environments.dev.before]]\nwait = \"1m\"\nevery = \"1m\"\n"),
      environment("before = [{ window = { zone = \"UTC\", from = \"9:00\" } }]\n"),
      environment("[[environments.dev.phases]]\nname = \"x\"\n"),
      step(""),
      step("run = \"x\"\nhttp = \"http://x.example\"\n"),
      step("run = \"x\"\nto = \"y\"\n"),
      step("run = \"x\"\nshell = \"fish\"\n"),
      step("run = \"x\"\nretries = -1\n"),
      step("run = \"x\"\non = \"web\"\n"),
      step("run = \"x\"\nenabled = \"no\"\n"),
      step("http = \"http://x.example/\"\nexpect = { status = 42 }\n"),
      step("http = \"http://x.example/\"\nexpect = { json = { count = 0 } }\n"),
  };
  for (const auto& text : bad) {
    CAPTURE(text);
    CHECK(!reader_takes_definition(text));
    CHECK(!schema_takes_definition(text));
  }
}

TEST_CASE("schema: of team files, what is taken and what is refused") {
  const std::string good[] = {
      "[groups]\ndev = \"*@example.com\"\nops = [\"a@b.example\", \"c@d.example\"]\n",
      "[targets]\nweb = \"deploy@web1.example:22\"\n[targets.db]\nhosts = [\"[::1]:22\"]\nport = "
      "22\n",
      "[freezes.x]\nfrom = 2026-12-18T17:00:00\nto = 2027-01-04\nzone = \"Europe/Berlin\"\n",
      "[notify.chat]\nwebhook = { secret = \"env:HOOK\" }\non = [\"failed\"]\n",
      "[ledger]\nremote = \"origin\"\nsigning = \"off\"\nsync = false\n",
      "[ssh]\noptions = [\"Port=22\"]\n",
  };
  for (const auto& text : good) {
    CAPTURE(text);
    CHECK(reader_takes_team(text));
    CHECK(schema_takes_team(text));
  }
  const std::string bad[] = {
      "[groups]\ndev = [\"group:ops\"]\n",
      "[groups]\ndev = [\"developers\"]\n",
      "[groups]\ndev = []\n",
      "[targets]\nweb = \"-oProxyCommand=x\"\n",
      "[targets.web]\nhosts = [\"web\"]\nport = 70000\n",
      "[freezes.x]\nfrom = 2026-12-18T17:00:00\nzone = \"UTC\"\n",
      "[notify.chat]\nwebhook = \"http://x.example/\"\non = [\"everything\"]\n",
      "[notify.chat]\non = [\"failed\"]\n",
      "[ledger]\nsigning = \"on\"\n",
      "[environments.dev]\n",
  };
  for (const auto& text : bad) {
    CAPTURE(text);
    CHECK(!reader_takes_team(text));
    CHECK(!schema_takes_team(text));
  }
}

TEST_CASE("schema: whatever a form takes, its pattern takes") {
  const Form forms[] = {Form::line,     Form::name,   Form::variable,  Form::duration,
                        Form::share,    Form::glob,   Form::path,      Form::address,
                        Form::download, Form::sha256, Form::principal, Form::person,
                        Form::host,     Form::secret, Form::days,      Form::time_of_day,
                        Form::pointer,  Form::cron,   Form::text};
  const std::string pieces[] = {
      "a",    "Z",     "0",        "9",        "24", ":",  "/",  "//",
      "http", "https", "file:",    "env:",     "@",  "*",  "%",  "100",
      "d",    "h",     "m",        "s",        "ms", "-",  ",",  ".",
      "_",    " ",     "~",        "~0",       "[",  "]",  "?",  "group:",
      "Mon",  "sun",   "* * * * ", "command:", "é",  "\n", "\t", std::string(64, 'a')};
  std::mt19937 random(11);
  for (const Form form : forms) {
    int taken = 0;
    const auto schema = schema_of_form(Key{.form = form});
    for (int i = 0; i < 4000; ++i) {
      std::string text(example(form).substr(1, example(form).find('"', 1) - 1));
      if (i % 4 != 0) text.clear();
      for (auto n = random() % 6; n > 0; --n) text += pieces[random() % std::size(pieces)];
      if (!check_form(form, text).has_value()) continue;
      ++taken;
      CHECK_MESSAGE(json_schema::accepts(schema, Json(text)), what(form), ": ", text);
    }
    CHECK_MESSAGE(taken > 0, what(form));
  }
}
