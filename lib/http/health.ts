import "server-only";
import { pingDatabase, pingStorage, readQueue } from "@/lib/db/health";
import { decrypt, encrypt } from "@/lib/kernel/crypto";
import { env } from "@/lib/kernel/env";
import { randomToken } from "@/lib/kernel/ids";
import { log } from "@/lib/kernel/log";

type PartName = "database" | "storage" | "mail" | "queue" | "encryption";
interface PartHealth {
  status: "up" | "down";
  ms: number;
  waiting?: number;
  oldestSeconds?: number;
}
interface Health {
  status: "ok" | "down";
  version: string;
  parts: Record<PartName, PartHealth>;
}

type Extra = Omit<PartHealth, "status" | "ms">;
type Checks = Record<PartName, () => Promise<Extra | void>>;

const patienceMs = 4_000;
const mailStaysFreshMs = 60_000;

const healthChecks: Checks = {
  database: pingDatabase,
  storage: pingStorage,
  mail: pingMail,
  queue: readQueue,
  encryption: roundTrip,
};

/** Every part at once; a part that is slow beyond patience counts as down, so the answer itself never hangs. */
export async function checkHealth(checks: Checks = healthChecks): Promise<Health> {
  const names = Object.keys(checks) as PartName[];
  const results = await Promise.all(
    names.map(async (name) => [name, await measure(name, checks[name])] as const),
  );
  const parts = Object.fromEntries(results) as Health["parts"];
  const isUp = results.every(([, part]) => part.status === "up");
  return { status: isUp ? "ok" : "down", version: env.version, parts };
}

async function measure(name: PartName, check: () => Promise<Extra | void>): Promise<PartHealth> {
  const startedAt = performance.now();
  const ms = () => Math.round((performance.now() - startedAt) * 10) / 10;
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
    });
    const extra = await Promise.race([check(), late]);
    return { status: "up", ms: ms(), ...extra };
  } catch (err) {
    // The cause is for the log; whoever asks for health is not signed in.
    log.error({ err, part: name }, "a part is down");
    return { status: "down", ms: ms() };
  } finally {
    clearTimeout(timer);
  }
}

let lastMail = 0;

/** Any answer short of a server error proves that mail can be handed over; asked once a minute at most. */
async function pingMail(): Promise<void> {
  if (Date.now() - lastMail < mailStaysFreshMs) return;
  const base = env.resendBaseUrl ?? "https://api.resend.com";
  const response = await fetch(`${base}/emails`, {
    headers: { authorization: `Bearer ${env.resendApiKey}` },
    signal: AbortSignal.timeout(patienceMs),
    cache: "no-store",
  });
  await response.body?.cancel();
  if (response.status >= 500) throw new Error(`the mail service answered ${response.status}`);
  lastMail = Date.now();
}

async function roundTrip(): Promise<void> {
  const place = { clientId: "health", table: "health", column: "probe", rowId: "probe" };
  const text = randomToken();
  if (decrypt(encrypt(text, place), place) !== text)
    throw new Error("a secret did not come back as it went in");
}
