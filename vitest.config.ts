import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first";

const root = import.meta.dirname;
const alias = {
  "@": root,
  // Next refuses this import in a browser bundle; in a test there is nothing to refuse.
  "server-only": path.join(root, "scripts/support/server-only.ts"),
};
const project = (name: string, more: object = {}) => ({
  resolve: { alias },
  test: {
    name,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    environment: "node",
    testTimeout: 15_000,
    hookTimeout: 60_000,
    // Half of the work is done by Postgres: with one file at a time on two cores, one of them is idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    ...more,
  },
});

export default defineConfig({
  resolve: { alias },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      project("unit"),
      project("architecture", { globalSetup: "tests/support/database-setup.ts", testTimeout: 60_000 }),
      project("db", { globalSetup: "tests/support/database-setup.ts", testTimeout: 60_000 }),
      project("api", {
        globalSetup: "tests/support/stack-setup.ts",
        testTimeout: 60_000,
        fileParallelism: false,
      }),
    ],
    coverage: {
      provider: "v8",
      reportOnFailure: true,
      include: ["lib/**/*.{ts,tsx}"],
      exclude: ["lib/db/types.generated.ts"],
      reporter: ["text-summary", "json-summary", "html"],
    },
  },
});
