import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./config";

interface Cron {
  path: string;
  schedule: string;
}

/** Does one field of a cron line (`*`, `5`, `1-5`, `*\/15`, lists of them) take this value? */
function fits(field: string, value: number): boolean {
  return field.split(",").some((part) => {
    const [range = "*", step = "1"] = part.split("/");
    const [from, to] = range === "*" ? [0, Number.POSITIVE_INFINITY] : range.split("-").map(Number);
    const end = to ?? (part.includes("/") ? Number.POSITIVE_INFINITY : (from ?? 0));
    return value >= (from ?? 0) && value <= end && (value - (from ?? 0)) % Number(step) === 0;
  });
}

/** In UTC, as the host reads it. */
export function isDue(schedule: string, at: Date): boolean {
  const [minute = "*", hour = "*", day = "*", month = "*", weekday = "*"] = schedule.trim().split(/\s+/);
  return (
    fits(minute, at.getUTCMinutes()) &&
    fits(hour, at.getUTCHours()) &&
    fits(day, at.getUTCDate()) &&
    fits(month, at.getUTCMonth() + 1) &&
    fits(weekday, at.getUTCDay())
  );
}

/** Calls the cron paths of vercel.json when they are due, as the host does; returns how to stop. */
export function startClockwork(appUrl: string, secret: string, complain: (text: string) => void): () => void {
  const { crons } = JSON.parse(readFileSync(path.join(root, "vercel.json"), "utf8")) as { crons: Cron[] };
  let lastMinute = Math.floor(Date.now() / 60_000);
  const tick = () => {
    const minute = Math.floor(Date.now() / 60_000);
    if (minute === lastMinute) return;
    lastMinute = minute;
    for (const cron of crons) {
      // The worker that runs beside the app keeps the queue empty already.
      if (cron.path === "/api/cron/jobs" || !isDue(cron.schedule, new Date(minute * 60_000))) continue;
      fetch(appUrl + cron.path, { headers: { authorization: `Bearer ${secret}` } })
        .then(async (response) => {
          if (!response.ok) complain(`${cron.path} answered ${response.status}.`);
          await response.body?.cancel();
        })
        .catch((error: unknown) => complain(`${cron.path}: ${String(error)}`));
    }
  };
  const timer = setInterval(tick, 5_000);
  return () => clearInterval(timer);
}
