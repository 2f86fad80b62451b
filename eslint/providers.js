/** A provider's library, and the one place that may know it. Types count as knowing. */
const providers = [
  { packages: ["@supabase/*"], home: ["lib/db/**"], why: "Supabase is known in lib/db alone." },
  {
    packages: ["pg", "pg-copy-streams"],
    home: ["lib/db/**", "lib/core/jobs/**", "lib/**/*.job.ts", "lib/**/*.system.ts"],
    why: "Direct SQL is for jobs.",
    // A function may be handed a connection without knowing how one is made.
    allowTypeImports: true,
  },
  {
    packages: ["graphile-worker"],
    home: ["lib/core/jobs/**"],
    why: "The queue is known in lib/core/jobs alone.",
  },
  { packages: ["@upstash/*"], home: ["lib/http/**"], why: "Upstash is known in lib/http alone." },
  { packages: ["stripe"], home: ["lib/core/billing/**"], why: "Stripe is known in lib/core/billing alone." },
  { packages: ["resend"], home: ["lib/core/email/**"], why: "Resend is known in lib/core/email alone." },
  {
    packages: ["puppeteer-core"],
    home: ["lib/programs/loyalty/sync/browser-download.ts"],
    why: "The browser is driven by loyalty's imports alone.",
  },
];

const everywhereFree = ["scripts/**", "tests/**", "supabase/**"];

function forbid(list) {
  const patterns = list.map(({ packages, why, allowTypeImports = false }) => ({
    allowTypeImports,
    group: packages.flatMap((name) => (name.endsWith("/*") ? [name] : [name, `${name}/*`])),
    message: why,
  }));
  return { "@typescript-eslint/no-restricted-imports": ["error", { patterns }] };
}

/** ESLint replaces a rule's options instead of adding to them, so each home gets the full list without its own. */
export const providerRules = [
  { files: ["**/*.ts", "**/*.tsx"], ignores: everywhereFree, rules: forbid(providers) },
  ...[...new Set(providers.flatMap(({ home }) => home))].map((home) => ({
    files: [home],
    rules: forbid(providers.filter((provider) => !provider.home.includes(home))),
  })),
];
