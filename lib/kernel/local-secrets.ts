/** Signs that a value was copied from `.env.example`, where every secret says that it is local. */
const localMarker = /portico-local|local-cron-secret/;

const secretHelp = {
  SUPABASE_PUBLISHABLE_KEY: "set the publishable key of your project (Settings, API keys).",
  SUPABASE_SECRET_KEY: "set the secret key of your project (Settings, API keys).",
  SUPABASE_JWT_SECRET: "set the JWT secret of your project, or leave it out to use its signing keys.",
  CRON_SECRET: "set a random text of at least 16 characters, for example `openssl rand -base64 32`.",
  RESEND_API_KEY: "set an API key from resend.com.",
  RESEND_WEBHOOK_SECRET: "set the signing secret that Resend shows for your webhook (`whsec_` and Base64).",
} as const;

type Values = { ENCRYPTION_KEYS: string; DATABASE_URL: string; RESEND_BASE_URL?: string | undefined } & {
  [K in keyof typeof secretHelp]?: string | undefined;
};

export function isLocalUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    hostname === "0.0.0.0" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

/** What must be replaced before these values may face the internet; each line says what to set. */
export function localSecretProblems(values: Values): string[] {
  const problems: string[] = [];
  for (const [name, help] of Object.entries(secretHelp)) {
    const value = values[name as keyof typeof secretHelp];
    if (value !== undefined && (localMarker.test(value) || localMarker.test(decoded(value))))
      problems.push(`${name}: still the local value; ${help}`);
  }
  if (values.ENCRYPTION_KEYS.split(",").some(isLocalKey)) {
    problems.push(
      "ENCRYPTION_KEYS: still holds a local key; set `prod1:` followed by `openssl rand -base64 32`, and keep it safe.",
    );
  }
  if (isLocalUrl(values.DATABASE_URL) || new URL(values.DATABASE_URL).password === "postgres") {
    problems.push(
      "DATABASE_URL: still the local database; set the session pooler's address of your project.",
    );
  }
  if (values.RESEND_BASE_URL !== undefined && isLocalUrl(values.RESEND_BASE_URL)) {
    problems.push("RESEND_BASE_URL: points at the local inbox; leave it out to send through Resend.");
  }
  return problems;
}

function isLocalKey(entry: string): boolean {
  const [id = "", encoded = ""] = entry.trim().split(":");
  return id.startsWith("local") || localMarker.test(decoded(encoded));
}

/** Keys and signing secrets are written in Base64, which hides the marker. */
function decoded(value: string): string {
  const base64 = value.replace(/^whsec_/, "");
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, "base64").toString("latin1") : "";
}
