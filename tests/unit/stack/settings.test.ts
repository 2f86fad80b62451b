import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { AUTH, MAIL_SUBJECTS, authTemplates } from "../../../scripts/stack/auth-settings";
import { isDue } from "../../../scripts/stack/clockwork";
import { parseEnv, root, stackConfig } from "../../../scripts/stack/config";

const toml = readFileSync(path.join(root, "supabase/config.toml"), "utf8");
const example = parseEnv(readFileSync(path.join(root, ".env.example"), "utf8"));

/** The value of a key in a section of config.toml, as written. */
function setting(section: string, key: string): string | undefined {
  const body = toml.split(/^\[/m).find((part) => part.startsWith(`${section}]`)) ?? "";
  return new RegExp(`^${key} = (.+)$`, "m").exec(body)?.[1]?.replace(/^"|"$/g, "");
}

it("gives the embedded Auth what config.toml gives a hosted project", () => {
  expect({
    jwtExpiry: Number(setting("auth", "jwt_expiry")),
    timebox: setting("auth.sessions", "timebox"),
    inactivity: setting("auth.sessions", "inactivity_timeout"),
    otpLength: Number(setting("auth.email", "otp_length")),
    otpExpiry: Number(setting("auth.email", "otp_expiry")),
    resendSeconds: Number(setting("auth.email", "max_frequency")?.replace("s", "")),
    minimumPassword: Number(setting("auth", "minimum_password_length")),
  }).toEqual(AUTH);
  for (const [name, subject] of Object.entries(MAIL_SUBJECTS)) {
    expect(setting(`auth.email.template.${name}`, "subject"), name).toBe(subject);
  }
});

it("has a template for every mail of Auth, with the code or the link in it", () => {
  for (const [name, { content_path: file }] of Object.entries(authTemplates())) {
    const html = readFileSync(file ?? "", "utf8");
    expect(html, name).toContain(name === "invite" ? "{{ .ConfirmationURL }}" : "{{ .Token }}");
  }
});

it("reads the ports of the local stack from the addresses the app uses", () => {
  const config = stackConfig(example);
  expect([config.app.port, config.api.port, config.database.port, config.inbox.port]).toEqual([
    3000, 54321, 54322, 54324,
  ]);
});

it("refuses to run a local stack for a hosted address", () => {
  expect(() => stackConfig({ ...example, SUPABASE_URL: "https://abc.supabase.co" })).toThrow(
    "SUPABASE_URL points at abc.supabase.co",
  );
});

it("keeps the time of a cron line in UTC", () => {
  const at = new Date("2026-11-20T18:00:30Z");
  expect(isDue("* * * * *", at)).toBe(true);
  expect(isDue("0 * * * *", at)).toBe(true);
  expect(isDue("5 * * * *", at)).toBe(false);
  expect(isDue("*/15 18 * * 5", at)).toBe(true);
  expect(isDue("0 18 * * 1-4", at)).toBe(false);
  expect(isDue("0,30 17-19 20 11 *", at)).toBe(true);
});
