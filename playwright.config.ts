import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import { stackConfig, testEnv } from "./scripts/stack/config";

const { app } = stackConfig(testEnv());
const own = process.env.CHROMIUM_PATH || undefined;
const launchOptions =
  own && existsSync(own) ? { executablePath: own, args: ["--no-sandbox"] } : { args: ["--no-sandbox"] };

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  globalSetup: "./tests/support/e2e-setup.ts",
  fullyParallel: false,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["line"], ["json", { outputFile: "test-results/e2e.json" }], ["html", { open: "never" }]],
  use: {
    baseURL: app.url,
    locale: "en-US",
    timezoneId: "America/New_York",
    trace: "retain-on-failure",
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
