import next from "@next/eslint-plugin-next";
import boundaries from "eslint-plugin-boundaries";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { boundaryRule, boundarySettings } from "./eslint/boundaries.js";
import { providerRules } from "./eslint/providers.js";
import { houseSyntax, noEnvironment, noEnvironmentButMode, noRawTables } from "./eslint/syntax.js";

const code = ["**/*.ts", "**/*.tsx"];
const outside = ["scripts/**", "tests/**", "supabase/**", "*.config.ts", "*.config.js", "*.config.mjs"];

export default defineConfig(
  globalIgnores([
    "node_modules/**",
    ".next*/**",
    ".portico*/**",
    "coverage/**",
    "test-results/**",
    "playwright-report/**",
    "next-env.d.ts",
    "lib/db/types.generated.ts",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: code,
    extends: [tseslint.configs.recommended],
    plugins: { "react-hooks": reactHooks, "@next/next": next },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...next.configs["core-web-vitals"].rules,
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // A promise nobody waits for is a write that may never happen, and an error nobody sees.
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      // Logos come from storage in the size they are shown; an optimiser would only add a hop.
      "@next/next/no-img-element": "off",
      "@next/next/no-assign-module-variable": "off",
      "no-console": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", { max: 250 }],
    },
  },
  { files: code, plugins: { boundaries }, settings: boundarySettings, rules: boundaryRule },
  ...providerRules,
  { files: code, ignores: outside, rules: houseSyntax(noEnvironment, noRawTables) },
  { files: ["lib/db/**"], rules: houseSyntax(noEnvironment) },
  { files: ["components/**"], rules: houseSyntax(noEnvironmentButMode, noRawTables) },
  { files: ["lib/kernel/env.ts"], rules: houseSyntax(noRawTables) },
  // Next replaces NEXT_RUNTIME literally here, which keeps Node's modules out of other runtimes.
  { files: ["instrumentation.ts", "next.config.ts"], rules: houseSyntax(noRawTables) },
  { files: outside, rules: { "no-console": "off" } },
  { files: ["tests/**"], rules: { "max-lines": ["error", { max: 400 }] } },
);
