// SPDX-License-Identifier: MIT
#include "cli/ci_form.hpp"

#include <doctest/doctest.h>

#include <map>

namespace davit {

namespace {

CiForm with(const std::map<std::string, std::string>& variables) {
  return ci_form([&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  });
}

const Instant kNow{std::chrono::seconds(1795356180)};
const LogGroup kGroup{"Smoke: 50%", "davit_4"};

}  // namespace

TEST_CASE("a CI system is known by the variable that it sets") {
  CHECK(with({}) == CiForm::none);
  CHECK(with({{"CI", "true"}}) == CiForm::none);
  CHECK(with({{"GITHUB_ACTIONS", "true"}}) == CiForm::github);
  CHECK(with({{"GITLAB_CI", "true"}}) == CiForm::gitlab);
  CHECK(with({{"TF_BUILD", "True"}}) == CiForm::azure);
  CHECK(with({{"TEAMCITY_VERSION", "2024.03"}}) == CiForm::teamcity);
}

TEST_CASE("an issue is annotated where it was written, in each form") {
  const Issue issue{true, {"a,b;c]d.toml", 2, 3, ""}, "50% of [it]\nis wrong"};
  CHECK(annotation(CiForm::github, issue) ==
        "::error file=a%2Cb;c]d.toml,line=2,col=3::a,b;c]d.toml:2:3: 50%25 of [it]%0Ais wrong\n");
  CHECK(annotation(CiForm::azure, issue) ==
        "##vso[task.logissue type=error;sourcepath=a,b%3Bc%5Dd.toml;linenumber=2;columnnumber=3]"
        "a,b;c]d.toml:2:3: 50%AZP25 of [it]%0Ais wrong\n");
  CHECK(annotation(CiForm::teamcity, issue) ==
        "##teamcity[message status='ERROR' text='a,b;c|]d.toml:2:3: 50% of |[it|]|nis wrong']\n");
  CHECK(annotation(CiForm::gitlab, issue).empty());
  CHECK(annotation(CiForm::none, issue).empty());
  CHECK(annotation(CiForm::github, {false, {}, "late"}) == "::warning::late\n");
  CHECK(annotation(CiForm::azure, {false, {}, "late"}) ==
        "##vso[task.logissue type=warning;]late\n");
}

TEST_CASE("what belongs together is a group, in each form") {
  CHECK(begins(CiForm::github, kGroup, kNow) == "::group::Smoke: 50%25\n");
  CHECK(ends(CiForm::github, kGroup, kNow) == "::endgroup::\n");
  CHECK(begins(CiForm::gitlab, kGroup, kNow) ==
        "\x1b[0Ksection_start:1795356180:davit_4\r\x1b[0KSmoke: 50%\n");
  CHECK(ends(CiForm::gitlab, kGroup, kNow) == "\x1b[0Ksection_end:1795356180:davit_4\r\x1b[0K\n");
  CHECK(begins(CiForm::azure, kGroup, kNow) == "##[group]Smoke: 50%\n");
  CHECK(ends(CiForm::azure, kGroup, kNow) == "##[endgroup]\n");
  CHECK(begins(CiForm::teamcity, kGroup, kNow) == "##teamcity[blockOpened name='Smoke: 50%']\n");
  CHECK(begins(CiForm::none, kGroup, kNow).empty());
}

TEST_CASE("no text is read as a command") {
  CHECK(harmless(CiForm::github, "::set-env name=PATH::x\n  ::add-mask::y, a::b\n") ==
        ": :set-env name=PATH::x\n  : :add-mask::y, a::b\n");
  CHECK(harmless(CiForm::github, "\u3000::error::x") == "\u3000: :error::x");
  CHECK(harmless(CiForm::github, "say ##[add-path]/tmp") == "say # #[add-path]/tmp");
  CHECK(harmless(CiForm::azure, "so: ##vso[task.setvariable variable=A]b") ==
        "so: # #vso[task.setvariable variable=A]b");
  CHECK(harmless(CiForm::azure, "#\u00ad#\u200dvso[task.complete]") ==
        "# \u00ad#\u200dvso[task.complete]");
  CHECK(harmless(CiForm::azure, "###vso[x]") == "## #vso[x]");
  CHECK(harmless(CiForm::azure, "## A title, and #5") == "## A title, and #5");
  CHECK(harmless(CiForm::teamcity, "##teamcity[blockClosed]") == "# #teamcity[blockClosed]");
  CHECK(harmless(CiForm::none, "::a ##[b]") == "::a ##[b]");
  const std::string twice = harmless(CiForm::github, "::a ##[b]");
  CHECK(harmless(CiForm::github, twice) == twice);
}

TEST_CASE("a record says the same, and nothing of it is read as a command") {
  CHECK(harmless_json(CiForm::azure, R"({"a":"##vso[x]"})") == R"({"a":"\u0023\u0023vso[x]"})");
  CHECK(harmless_json(CiForm::none, R"({"a":"##"})") == R"({"a":"##"})");
}

}  // namespace davit
