import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { beforeAll, describe, expect, it } from "vitest";

/** Each rule is proved by a violation planted in memory, under the name of a file that could exist. */
interface Plant {
  name: string;
  file: string;
  code: string;
  rule: string;
}

const boundary = "boundaries/dependencies";
const provider = "@typescript-eslint/no-restricted-imports";
const syntax = "no-restricted-syntax";
const importing = (from: string, name = "x") =>
  `import { ${name} } from "${from}";\nexport const y = ${name};\n`;

const plants: Plant[] = [
  {
    name: "kernel knowing the database",
    file: "lib/kernel/money.ts",
    code: importing("@/lib/db/sqlstate", "fromDatabase"),
    rule: boundary,
  },
  {
    name: "the database layer knowing HTTP",
    file: "lib/db/sqlstate.ts",
    code: importing("@/lib/http/route", "route"),
    rule: boundary,
  },
  {
    name: "the database layer knowing a room",
    file: "lib/db/sqlstate.ts",
    code: importing("@/lib/core/people/server"),
    rule: boundary,
  },
  {
    name: "HTTP knowing the inside of a room",
    file: "lib/http/access.ts",
    code: importing("@/lib/core/people/person.schema"),
    rule: boundary,
  },
  {
    name: "HTTP knowing a program",
    file: "lib/http/access.ts",
    code: importing("@/lib/programs/loyalty/server"),
    rule: boundary,
  },
  {
    name: "a core room knowing a program",
    file: "lib/core/people/server.ts",
    code: importing("@/lib/programs/loyalty/server"),
    rule: boundary,
  },
  {
    name: "a core room knowing another's inside",
    file: "lib/core/people/server.ts",
    code: importing("@/lib/core/tenancy/settings.schema"),
    rule: boundary,
  },
  {
    name: "a lower tier knowing a higher one",
    file: "lib/core/jobs/server.ts",
    code: importing("@/lib/core/email/server"),
    rule: boundary,
  },
  {
    name: "a core room knowing the registry",
    file: "lib/core/jobs/server.ts",
    code: importing("@/lib/registry/jobs"),
    rule: boundary,
  },
  {
    name: "a core room knowing HTTP",
    file: "lib/core/people/server.ts",
    code: importing("@/lib/http/route", "route"),
    rule: boundary,
  },
  {
    name: "a program knowing a core room's inside",
    file: "lib/programs/loyalty/server.ts",
    code: importing("@/lib/core/people/person.schema"),
    rule: boundary,
  },
  {
    name: "a program knowing the registry",
    file: "lib/programs/loyalty/server.ts",
    code: importing("@/lib/registry/jobs"),
    rule: boundary,
  },
  {
    name: "a room past row level security outside a job",
    file: "lib/programs/loyalty/server.ts",
    code: importing("@/lib/db/system", "systemClient"),
    rule: boundary,
  },
  {
    name: "a room with direct SQL outside a job",
    file: "lib/core/people/server.ts",
    code: importing("@/lib/db/direct", "sql"),
    rule: boundary,
  },
  {
    name: "a room making a person's client by itself",
    file: "lib/programs/loyalty/server.ts",
    code: importing("@/lib/db/server", "userClient"),
    rule: boundary,
  },
  {
    name: "a page reaching the database",
    file: "app/layout.tsx",
    code: importing("@/lib/db/system", "systemClient"),
    rule: boundary,
  },
  {
    name: "a page reaching a room's inside",
    file: "app/layout.tsx",
    code: importing("@/lib/core/people/person.schema"),
    rule: boundary,
  },
  {
    name: "a basic component knowing a room's",
    file: "components/ui/button.tsx",
    code: importing("@/components/core/shell/navigation"),
    rule: boundary,
  },
  {
    name: "a basic component knowing a contract",
    file: "components/ui/button.tsx",
    code: importing("@/lib/core/people/contract"),
    rule: boundary,
  },
  {
    name: "a component reaching the server",
    file: "components/core/shell/nav-link.tsx",
    code: importing("@/lib/core/people/server"),
    rule: boundary,
  },
  {
    name: "a component reading the environment",
    file: "components/core/shell/nav-link.tsx",
    code: importing("@/lib/kernel/env", "env"),
    rule: boundary,
  },
  {
    name: "a file in no layer",
    file: "lib/stray.ts",
    code: "export const x = 1;\n",
    rule: "boundaries/no-unknown-files",
  },
  {
    name: "Supabase outside lib/db",
    file: "lib/core/people/server.ts",
    code: importing("@supabase/supabase-js", "createClient"),
    rule: provider,
  },
  {
    name: "Supabase's types outside lib/db",
    file: "lib/core/people/server.ts",
    code: 'import type { User } from "@supabase/supabase-js";\nexport type U = User;\n',
    rule: provider,
  },
  {
    name: "Supabase in a page",
    file: "app/layout.tsx",
    code: importing("@supabase/ssr", "createServerClient"),
    rule: provider,
  },
  {
    name: "Upstash in a room",
    file: "lib/core/people/server.ts",
    code: importing("@upstash/redis", "Redis"),
    rule: provider,
  },
  {
    name: "Upstash in the database layer",
    file: "lib/db/guards.ts",
    code: importing("@upstash/redis", "Redis"),
    rule: provider,
  },
  {
    name: "Stripe outside billing",
    file: "lib/core/email/server.ts",
    code: importing("stripe", "Stripe"),
    rule: provider,
  },
  {
    name: "Resend outside email",
    file: "lib/core/people/server.ts",
    code: importing("resend", "Resend"),
    rule: provider,
  },
  {
    name: "the queue outside jobs",
    file: "lib/core/email/server.ts",
    code: importing("graphile-worker", "run"),
    rule: provider,
  },
  {
    name: "a connection outside jobs",
    file: "lib/core/people/server.ts",
    code: importing("pg", "Pool"),
    rule: provider,
  },
  {
    name: "a browser outside loyalty",
    file: "lib/core/email/server.ts",
    code: importing("puppeteer-core", "launch"),
    rule: provider,
  },
  {
    name: "a raw table",
    file: "lib/core/people/server.ts",
    code: "export const y = (db: { from(n: string): unknown }) => db.from('people');\n",
    rule: syntax,
  },
  {
    name: "a raw table behind a call",
    file: "app/layout.tsx",
    code: "declare function client(): { from(n: string): unknown };\nexport const y = client().from('people');\n",
    rule: syntax,
  },
  {
    name: "process.env in a room",
    file: "lib/core/people/server.ts",
    code: "export const y = process.env.X;\n",
    rule: syntax,
  },
  {
    name: "process['env'] in the database layer",
    file: "lib/db/sqlstate.ts",
    code: "export const y = process['env'].X;\n",
    rule: syntax,
  },
  {
    name: "globalThis.process.env",
    file: "lib/kernel/money.ts",
    code: "export const y = globalThis.process.env.X;\n",
    rule: syntax,
  },
  {
    name: "any other variable in a component",
    file: "components/ui/button.tsx",
    code: "export const y = process.env.CRON_SECRET;\n",
    rule: syntax,
  },
  {
    name: "the whole environment in a component",
    file: "components/ui/button.tsx",
    code: "export const y = process.env;\n",
    rule: syntax,
  },
  {
    name: "a page reading a type's module for its values",
    file: "app/layout.tsx",
    code: importing("@/lib/db/tenant-scope", "unwrap"),
    rule: boundary,
  },
  {
    name: "env taken out of process",
    file: "lib/http/access.ts",
    code: "const { env } = process;\nexport const y = env.X;\n",
    rule: syntax,
  },
  {
    name: "env imported from node:process",
    file: "lib/http/access.ts",
    code: 'import { env } from "node:process";\nexport const y = env.X;\n',
    rule: syntax,
  },
  {
    name: "any",
    file: "lib/core/people/server.ts",
    code: "export const y = (x: any) => x as unknown;\n",
    rule: "@typescript-eslint/no-explicit-any",
  },
  {
    name: "a promise nobody waits for",
    file: "lib/core/people/server.ts",
    code: "export function y(): void {\n  Promise.resolve(1);\n}\n",
    rule: "@typescript-eslint/no-floating-promises",
  },
  {
    name: "a hook behind a condition",
    file: "components/ui/button.tsx",
    code: 'import { useState } from "react";\nexport function Y({ on }: { on: boolean }) {\n  if (on) useState(1);\n  return null;\n}\n',
    rule: "react-hooks/rules-of-hooks",
  },
  {
    name: "a plain link to a page",
    file: "app/layout.tsx",
    code: "export default function Y() {\n  return <script src='https://cdn.example/x.js' />;\n}\n",
    rule: "@next/next/no-sync-scripts",
  },
  {
    name: "printing to the console",
    file: "lib/http/access.ts",
    code: "console.log(1);\n",
    rule: "no-console",
  },
  {
    name: "a file too long to read",
    file: "lib/http/access.ts",
    code: "export {};\n".repeat(251),
    rule: "max-lines",
  },
];

/** The same shapes where they belong: a rule that forbids everything proves nothing. */
const allowed: Omit<Plant, "rule">[] = [
  {
    name: "a job of a low room using a higher room's door",
    file: "lib/core/people/send-invitation.job.ts",
    code: importing("@/lib/core/email/server"),
  },
  {
    name: "a page naming the type of a scope",
    file: "app/layout.tsx",
    code: 'import type { TenantScope } from "@/lib/db/tenant-scope";\nexport type Y = TenantScope;\n',
  },
  {
    name: "a component asking which mode it was built for",
    file: "components/ui/button.tsx",
    code: "export const y = process.env.NODE_ENV;\n",
  },
  {
    name: "a room using the scope",
    file: "lib/core/people/server.ts",
    code: importing("@/lib/db/tenant-scope", "unwrap"),
  },
  {
    name: "a job going past row level security",
    file: "lib/core/email/send-email.job.ts",
    code: importing("@/lib/db/system", "systemClient"),
  },
  {
    name: "sign-in speaking to Supabase Auth",
    file: "lib/core/auth/server.ts",
    code: importing("@/lib/db/server", "cookieClient"),
  },
  {
    name: "a higher tier using a lower door",
    file: "lib/core/email/server.ts",
    code: importing("@/lib/core/jobs/server", "enqueue"),
  },
  {
    name: "a component formatting money",
    file: "components/core/shell/nav-link.tsx",
    code: importing("@/lib/kernel/money", "formatMoney"),
  },
  {
    name: "lib/db making a client",
    file: "lib/db/client.ts",
    code: importing("@supabase/supabase-js", "createClient"),
  },
  {
    name: "a function handed a connection",
    file: "lib/core/events/server.ts",
    code: 'import type { PoolClient } from "pg";\nexport type Y = PoolClient;\n',
  },
  {
    name: "Array.from, Buffer.from and a bucket",
    file: "lib/core/people/server.ts",
    code: "export const y = (db: { storage: { from(n: string): unknown } }) => [Array.from('a'), Buffer.from('b'), db.storage.from('c')];\n",
  },
  { name: "the environment in env.ts", file: "lib/kernel/env.ts", code: "export const y = process.env.X;\n" },
];

let [withTypes, withoutTypes]: ESLint[] = [];
async function rulesBroken({ file, code, rule }: Omit<Plant, "rule"> & { rule?: string }): Promise<string[]> {
  const linter = rule && needTypes.includes(rule) ? withTypes : withoutTypes;
  const [result] = await linter!.lintText(code, { filePath: file });
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

/** A plant makes TypeScript work out its whole program anew; the other rules read the one file. */
const needTypes = ["@typescript-eslint/no-floating-promises"];

beforeAll(() => {
  withTypes = new ESLint({
    overrideConfig: {
      languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["lib/*.ts"] } } },
    },
  });
  withoutTypes = new ESLint({ overrideConfig: tseslint.configs.disableTypeChecked });
});

describe("the layers", () => {
  it.each(plants)("refuse $name", async (plant) => {
    expect(await rulesBroken(plant)).toContain(plant.rule);
  });

  it.each(allowed)("allow $name", async (plant) => {
    const broken = await rulesBroken(plant);
    expect(
      broken.filter((rule) => [boundary, provider, syntax, "boundaries/no-unknown-files"].includes(rule)),
    ).toEqual([]);
  });
});
