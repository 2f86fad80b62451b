import path from "node:path";
import { defineConfig } from "vitest/config";

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
    ...more,
  },
});

export default defineConfig({
  resolve: { alias },
  test: {
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
