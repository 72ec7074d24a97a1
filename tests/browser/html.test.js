// Every page is valid HTML.

import test from "node:test";
import assert from "node:assert/strict";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { pages, read, redirects } from "./guide.js";

/** One configuration for every page, which is made once. */
class Loader extends StaticConfigLoader {
  getConfigFor(...page) {
    return (this.made ??= super.getConfigFor(...page));
  }
}

// All that the preset "standard" asks, and more.
const loader = new Loader({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Whatever may have a name may be given one.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // A part of the page that scrolls is a region, but no section of the text.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // Check boxes of one question share its name.
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
    // The rules below are tastes, not HTML.
    "doctype-style": "off",
    "long-title": "off",
  },
});
const validator = new HtmlValidate(loader);

test("every page is valid", async () => {
  const found = [];
  // Pages that only lead on leave out the tags that HTML lets them leave out.
  for (const path of pages.filter((path) => !redirects(path))) {
    const report = await validator.validateString(read(path), path);
    for (const { messages } of report.results) {
      found.push(...messages.map(({ line, column, ruleId, message }) => `${path}:${line}:${column}: ${ruleId}: ${message}`));
    }
  }
  const shown = found.slice(0, 50);
  assert.equal(found.length, 0, `${found.length} problems\n${shown.join("\n")}`);
});
