import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { drainJobs } from "@/lib/core/jobs/server";
import { closeSql } from "@/lib/db/direct";
import { resetEnv } from "@/lib/kernel/env";
import { eventIdOf } from "@/lib/programs/loyalty/calendar/event-id";
import { googleCalendar, isCalendarOn } from "@/lib/programs/loyalty/calendar/google-calendar";
import { syncCalendar } from "@/lib/programs/loyalty/calendar/sync-calendar.system";
import { jobs } from "@/lib/registry/jobs";
import { testEnv } from "../../../../scripts/stack/config";
import {
  googleAccount,
  startFakeGoogle,
  strangerKey,
  type FakeEvent,
  type FakeGoogle,
} from "../../../support/fake-google-calendar";
import { claimsWorld, type ClaimsWorld } from "../claims/claims-world";

const calendarId = "tide/plans@group.calendar.google.com";
const task = "loyalty.sync-calendar";
const now = "2026-11-23T15:00:00Z"; // A Monday, 10:00 in New York.

let fake: FakeGoogle;
let world: ClaimsWorld;
let events: Map<string, FakeEvent>;

const use = (more: Record<string, string> = {}) => {
  Object.assign(process.env, testEnv(), {
    DATABASE_URL: world.db.url,
    LOG_LEVEL: "silent",
    GOOGLE_CALENDAR_ID: `other=other@group.calendar.google.com, tide=${calendarId}`,
    GOOGLE_SERVICE_ACCOUNT_EMAIL: googleAccount.email,
    GOOGLE_SERVICE_ACCOUNT_KEY: googleAccount.key.replaceAll("\n", "\\n"),
    GOOGLE_API_BASE_URL: fake.url,
    ...more,
  });
  resetEnv();
};

beforeAll(async () => {
  fake = await startFakeGoogle();
});
afterAll(async () => {
  for (const name of ["CALENDAR_ID", "SERVICE_ACCOUNT_EMAIL", "SERVICE_ACCOUNT_KEY", "API_BASE_URL"])
    delete process.env[`GOOGLE_${name}`];
  resetEnv();
  await fake.close();
});
beforeEach(async () => {
  events = new Map();
  Object.assign(fake, {
    calendars: new Map([[calendarId, events]]),
    calls: [],
    tokens: 0,
    fails: { left: 0, how: 500 },
    before: null,
  });
  world = await claimsWorld();
  use();
});
afterEach(async () => {
  await closeSql();
  await world.db.drop();
});

const drain = () => drainJobs({ [task]: jobs[task]! }, { seconds: 30 });
const sync = (id: string) => syncCalendar(world.clientId, id, googleCalendar);
const event = (id: string) => events.get(eventIdOf(id));
const queued = async () =>
  (await world.db.pool.query("select from graphile_worker.jobs where task_identifier = $1", [task])).rowCount;

async function discount(time = "10:30"): Promise<string> {
  const reward = await world.reward({ kind: "discount", name: "Spring 20", frequency: "unlimited" });
  return (await world.claim(world.noor, reward, { schedule: { date: "2026-11-24", time } }, now)).id;
}
async function boost(): Promise<string> {
  const reward = await world.reward({ kind: "commission_boost", name: "Boost week", boost_bp: 550 });
  return (await world.claim(world.noor, reward, { schedule: { date: "2026-11-24" } }, now)).id;
}
const move = (id: string, by: string) =>
  world.db.pool.query(
    `update public.loyalty_redemptions set scheduled_at = scheduled_at + $2::interval, ends_at = ends_at + $2::interval,
       calendar_sequence = calendar_sequence + 1 where id = $1`,
    [id, by],
  );

describe("the calendar of the business", () => {
  it("gets an event for a discount and for a boost, in the zone of the business, with no more of her than the handle", async () => {
    const [cheap, boosted] = [await discount(), await boost()];
    expect(await drain()).toMatchObject({ done: 2, failed: 0 });
    expect(event(cheap)).toMatchObject({
      status: "confirmed",
      summary: "Discount for @noor: Spring 20",
      start: { dateTime: "2026-11-24T15:30:00.000Z", timeZone: "America/New_York" },
      end: { dateTime: "2026-11-24T17:30:00.000Z", timeZone: "America/New_York" },
    });
    expect(event(cheap)!.description).toBe(
      `20% off. Turn it on at the start and off at the end.\n${testEnv().NEXT_PUBLIC_APP_URL}/tide/admin/loyalty/redemptions/${cheap}`,
    );
    expect(event(boosted)).toMatchObject({ summary: "Boost for @noor: Boost week" });
    expect(event(boosted)!.description).toMatch(/^5\.5% more commission\./);
    const { start, end } = await world.one<{ start: Date; end: Date }>(
      "select scheduled_at as start, ends_at as end from public.loyalty_redemptions where id = $1",
      [boosted],
    );
    expect(event(boosted)!.start.dateTime).toBe(start.toISOString());
    expect(event(boosted)!.end.dateTime).toBe(end.toISOString());
    const written = JSON.stringify([...events.values()]);
    for (const personal of ["tide.test", "attendees", world.noor.id]) expect(written).not.toContain(personal);
    expect(events.size).toBe(2);
  });

  it("has one event however often and by however many it is written", async () => {
    const id = await discount();
    expect(await sync(id)).toBe("written");
    expect(await sync(id)).toBe("written");
    expect(fake.calls).toEqual(["POST 200", "POST 409", "PUT 200"]);
    await Promise.all(Array.from({ length: 8 }, () => sync(id)));
    expect(await drain()).toMatchObject({ done: 1, failed: 0 });
    expect(events.size).toBe(1);
  });

  it("is written once for a burst of changes, and follows the last", async () => {
    const id = await discount();
    await move(id, "1 hour");
    await move(id, "1 hour");
    expect(await queued()).toBe(1);
    await drain();
    expect(fake.calls).toEqual(["POST 200"]);
    expect(event(id)!.start.dateTime).toBe("2026-11-24T17:30:00.000Z");
    await move(id, "1 day");
    await drain();
    expect(event(id)).toMatchObject({
      start: { dateTime: "2026-11-25T17:30:00.000Z" },
      end: { dateTime: "2026-11-25T19:30:00.000Z" },
    });
    expect(events.size).toBe(1);
  });

  it("follows a change that came while it was being written", async () => {
    const id = await discount();
    fake.before = async () => void (await move(id, "1 hour"));
    expect(await sync(id)).toBe("written");
    expect(event(id)!.start.dateTime).toBe("2026-11-24T16:30:00.000Z");
    fake.before = async () => world.step(id, "rejected");
    expect(await sync(id)).toBe("cancelled");
    expect(event(id)!.status).toBe("cancelled");
  });

  it.each([["discount", discount] as const, ["boost", boost] as const])(
    "loses the event of a rejected %s, also when it was never there or is gone",
    async (_, claim) => {
      const id = await claim();
      await drain();
      await world.step(id, "rejected");
      expect(await drain()).toMatchObject({ done: 1, failed: 0 });
      expect(event(id)!.status).toBe("cancelled");
      expect(await sync(id)).toBe("cancelled");
      events.clear();
      expect(await sync(id)).toBe("cancelled");
      expect(fake.calls).toEqual(["POST 200", "DELETE 204", "DELETE 410", "DELETE 404"]);
    },
  );

  it("gets back an event somebody deleted by hand once its time changes, and not because it was fulfilled", async () => {
    const id = await discount();
    await drain();
    event(id)!.status = "cancelled";
    await world.step(id, "fulfilled");
    expect(await queued()).toBe(0);
    await world.step(id, "concluded");
    expect(await queued()).toBe(0);
    await move(id, "1 day");
    await drain();
    expect(event(id)).toMatchObject({ status: "confirmed", start: { dateTime: "2026-11-25T15:30:00.000Z" } });
  });

  it("holds nothing of a reward without a time, nor of an offer", async () => {
    const card = await world.claim(world.noor, await world.reward({}), {}, now);
    const offered = await world.earn(world.noor, await world.reward({ kind: "commission_boost" }));
    expect(await queued()).toBe(0);
    expect(await sync(card.id)).toBe("nothing");
    expect(await sync(offered)).toBe("nothing");
    expect(fake.tokens).toBe(0);
  });
});

describe("Google", () => {
  it.each([500, 429, "quota", "lost"] as const)(
    "is asked again after %s, and makes one event",
    async (how) => {
      const id = await discount();
      fake.fails = { left: 1, how };
      expect(await sync(id)).toBe("written");
      expect(events.size).toBe(1);
      expect(fake.calls).toEqual(
        how === "lost"
          ? ["POST lost", "POST 409", "PUT 200"]
          : [`POST ${how === "quota" ? 403 : how}`, "POST 200"],
      );
      await world.step(id, "rejected");
      fake.fails = { left: 1, how };
      expect(await sync(id)).toBe("cancelled");
      expect(event(id)!.status).toBe("cancelled");
    },
  );

  it("that stays away leaves the job waiting with a reason, for a later try", async () => {
    const id = await discount();
    fake.fails = { left: 3, how: 500 };
    expect(await drain()).toMatchObject({ done: 0, failed: 1 });
    const { error, max } = await world.one<{ error: string; max: number }>(
      "select last_error as error, max_attempts as max from graphile_worker.jobs where task_identifier = $1",
      [task],
    );
    expect(error).toContain("Google Calendar answered 500: Backend Error");
    expect(max).toBe(12);
    await world.db.pool.query("update graphile_worker._private_jobs set run_at = now()");
    expect(await drain()).toMatchObject({ done: 1, failed: 0 });
    expect(event(id)!.status).toBe("confirmed");
  });

  it("says what to do when the calendar is not shared, and that a key is not taken", async () => {
    const id = await discount();
    fake.calendars.clear();
    await expect(sync(id)).rejects.toThrow(/404: Not Found Share the calendar with the service account/);
    use({ GOOGLE_SERVICE_ACCOUNT_KEY: strangerKey });
    await expect(sync(id)).rejects.toThrow("Google did not take the service account's key: 400");
    use({ GOOGLE_SERVICE_ACCOUNT_EMAIL: "somebody@else.test" });
    await expect(sync(id)).rejects.toThrow("Google did not take the service account's key: 400");
  });

  it("is not asked without keys: the job finishes and nothing is written", async () => {
    use({ GOOGLE_CALENDAR_ID: "", GOOGLE_SERVICE_ACCOUNT_EMAIL: "", GOOGLE_SERVICE_ACCOUNT_KEY: "" });
    expect(isCalendarOn()).toBe(false);
    await discount();
    expect(await drain()).toMatchObject({ done: 1, failed: 0 });
    expect(await queued()).toBe(0);
    expect([fake.tokens, fake.calls, events.size]).toEqual([0, [], 0]);
  });

  it("is not asked for a business without a calendar of its own, nor with the id of another business", async () => {
    const id = await discount();
    use({ GOOGLE_CALENDAR_ID: `ebb=${calendarId}` });
    expect(isCalendarOn()).toBe(true);
    expect(await drain()).toMatchObject({ done: 1, failed: 0 });
    use();
    const { id: ebb } = await world.one<{ id: string }>(
      "select private.create_client('ebb', 'Ebb', '{loyalty}', 'UTC', 'USD', '#226688') as id",
    );
    expect(await syncCalendar(ebb, id, googleCalendar)).toBe("nothing");
    expect([fake.tokens, events.size]).toEqual([0, 0]);
  });
});
