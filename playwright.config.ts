import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import { stackConfig, testEnv } from "./scripts/stack/config";

const { app } = stackConfig(testEnv());
const own = process.env.CHROMIUM_PATH || undefined;
// Chromium calls home when it starts; on a machine without a way out that costs seconds a start.
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const launchOptions = own && existsSync(own) ? { executablePath: own, args } : { args };

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  globalSetup: "./tests/support/e2e-setup.ts",
  fullyParallel: false,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A second try on a loaded machine; the report names every test that needed it.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["line"], ["json", { outputFile: "test-results/e2e.json" }], ["html", { open: "never" }]],
  use: {
    baseURL: app.url,
    locale: "en-US",
    timezoneId: "America/New_York",
    // To record every page of every test costs a good part of the whole run.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
    launchOptions,
  },
  projects: [
    // The other journeys open windows of their own sizes, phones among them: once is enough.
    {
      name: "phone",
      testMatch: "auth/**",
      use: { ...devices["Pixel 7"], viewport: { width: 375, height: 812 } },
    },
    { name: "desktop", use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } } },
  ],
});
