import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { env } from "@/lib/kernel/env";
import type { CalendarAdapter, PlannedEvent } from "./calendar-adapter";
import { eventIdOf } from "./event-id";
import { signedAssertion, tokenAddress } from "./google-token";

const tokenSchema = z.object({ access_token: z.string() });
const refusalSchema = z.object({
  error: z.object({
    message: z.string().default(""),
    errors: z.array(z.object({ reason: z.string().default("") })).default([]),
  }),
});

const timeoutMs = 10_000;
/** Before the second and the third try; what fails then is tried again by the job, hours long. */
const pausesMs = [300, 1500];

export function isCalendarOn(): boolean {
  return env.googleCalendars.size > 0;
}

/** The calendar of a business, over Google's HTTP API. Null without keys or without a calendar of its own. */
export function googleCalendar(slug: string): CalendarAdapter | null {
  const { googleServiceAccountEmail: email, googleServiceAccountKey: key } = env;
  const calendarId = env.googleCalendars.get(slug);
  if (calendarId === undefined || email === undefined || key === undefined) return null;
  const events = `/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events`;
  const account = { email, key };
  return {
    async upsertEvent(event) {
      const token = await accessToken(account);
      const body = resourceOf(event);
      const made = await call(token, "POST", `${events}?sendUpdates=none`, body);
      if (made.ok) return;
      // Known by its id, perhaps deleted: it is written over, and comes back if it was gone.
      if (made.status !== 409) await refuse(made);
      const changed = await call(token, "PUT", `${events}/${body.id}?sendUpdates=none`, body);
      if (!changed.ok) await refuse(changed);
    },
    async cancelEvent(id) {
      const token = await accessToken(account);
      const gone = await call(token, "DELETE", `${events}/${eventIdOf(id)}?sendUpdates=none`);
      // Never made, or deleted before: what is wanted is so.
      if (!gone.ok && gone.status !== 404 && gone.status !== 410) await refuse(gone);
    },
  };
}

/* The instant decides; the zone is what the calendar shows it in. A sequence is not sent: Google counts its own and
   refuses a lower one. */
const resourceOf = (event: PlannedEvent) => ({
  id: eventIdOf(event.id),
  status: "confirmed",
  summary: event.title,
  description: event.text,
  start: { dateTime: event.start.toISOString(), timeZone: event.timeZone },
  end: { dateTime: event.end.toISOString(), timeZone: event.timeZone },
  transparency: "transparent",
});

function call(token: string, method: string, path: string, body?: object): Promise<Response> {
  return ask(new URL(path, env.googleApiBaseUrl ?? "https://www.googleapis.com"), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

/** Asked for each time: a claim is rare, and a kept token is one more secret to guard. */
async function accessToken(account: { email: string; key: string }): Promise<string> {
  const response = await ask(tokenAddress(env.googleApiBaseUrl), {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: signedAssertion(account),
    }).toString(),
  });
  if (!response.ok) throw new Error(`Google did not take the service account's key: ${response.status}`);
  return tokenSchema.parse(await response.json()).access_token;
}

/** One request, tried again when Google is busy or the line broke; every request here may be repeated. */
async function ask(url: URL, init: RequestInit): Promise<Response> {
  for (let tried = 0; ; tried += 1) {
    const pause = pausesMs[tried];
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
      if (pause === undefined || !(await isBusy(response))) return response;
    } catch (error) {
      if (pause === undefined) throw new Error("Google could not be reached.", { cause: error });
    }
    await wait(pause);
  }
}

async function isBusy(response: Response): Promise<boolean> {
  if (response.status >= 500 || response.status === 429) return true;
  // A spent quota comes as 403, like a calendar that is not shared; only the reason tells them apart.
  if (response.status !== 403) return false;
  const { reason } = await refusalOf(response.clone());
  return /rateLimitExceeded|quotaExceeded/i.test(reason);
}

async function refusalOf(response: Response): Promise<{ reason: string; message: string }> {
  const said = refusalSchema.safeParse(await response.json().catch(() => null));
  return { reason: said.data?.error.errors[0]?.reason ?? "", message: said.data?.error.message ?? "" };
}

async function refuse(response: Response): Promise<never> {
  const { message } = await refusalOf(response);
  const hint =
    response.status === 403 || response.status === 404
      ? " Share the calendar with the service account, with the right to change events."
      : "";
  throw new Error(`Google Calendar answered ${response.status}: ${message.slice(0, 200)}${hint}`);
}
