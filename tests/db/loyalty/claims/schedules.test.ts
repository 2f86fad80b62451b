import { afterEach, describe, expect, it } from "vitest";
import { type ClaimsWorld, claimsWorld, codeOf, instantOf } from "./claims-world";

let world: ClaimsWorld;
afterEach(() => world.db.drop());

interface SlotDay {
  date: string;
  reason: string | null;
  slots: { time: string; startsAt: string; left: number; reason: string | null }[];
}
const slots = async (kind: string, now: string, who = world.noor): Promise<SlotDay[]> =>
  (
    await world.one<{ read: { days: SlotDay[] } }>(
      "select private.loyalty_find_slots($1, $2, $3, $4::timestamptz) as read",
      [world.clientId, who.id, kind, now],
    )
  ).read.days;

describe.each(["America/New_York", "Africa/Lagos", "America/Sao_Paulo"])(
  "boosts and discounts in %s",
  (zone) => {
    const at = (wall: string) => instantOf(world.db.pool, wall, zone);

    it("start at the hour of the business, on weekdays, from today to a week ahead, and never in the past", async () => {
      world = await claimsWorld({ zone });
      const boost = await world.reward({ kind: "commission_boost", frequency: "unlimited" });
      const on = async (date: string, now: string) =>
        codeOf(world.claim(world.noor, boost, { schedule: { date } }, await at(now)));
      // Monday 16 November.
      expect(await on("2026-11-15", "2026-11-16 10:00")).toBe("INVALID_SCHEDULE");
      expect(await on("2026-11-21", "2026-11-16 10:00")).toBe("INVALID_SCHEDULE");
      expect(await on("2026-11-22", "2026-11-16 10:00")).toBe("INVALID_SCHEDULE");
      expect(await on("2026-11-24", "2026-11-16 10:00")).toBe("INVALID_SCHEDULE");
      expect(await on("2026-11-16", "2026-11-16 18:00")).toBe("INVALID_SCHEDULE");
      expect(await on("2026-13-41", "2026-11-16 10:00")).toBe("INVALID_SCHEDULE");
      expect(await on("tomorrow", "2026-11-16 10:00")).toBe("INVALID_SCHEDULE");
      const claim = await world.claim(
        world.noor,
        boost,
        { schedule: { date: "2026-11-16" } },
        await at("2026-11-16 17:59"),
      );
      expect(new Date(claim.scheduledAt as string).toISOString()).toBe(await at("2026-11-16 18:00"));
      expect(new Date(claim.endsAt as string).toISOString()).toBe(await at("2026-11-23 18:00"));
      expect(claim.dueAt).toBeNull();
      expect(
        await world.one("select first_on::text, last_on::text, state, rate_bp from public.loyalty_boosts"),
      ).toEqual({ first_on: "2026-11-17", last_on: "2026-11-23", state: "scheduled", rate_bp: 500 });
    });

    it("run in their hours, in steps, both ends included", async () => {
      world = await claimsWorld({ zone });
      const discount = await world.reward({ kind: "discount", frequency: "unlimited", discount_minutes: 30 });
      const time = async (clock: string | undefined, now = "2026-11-16 08:00") =>
        codeOf(
          world.claim(world.noor, discount, { schedule: { date: "2026-11-16", time: clock } }, await at(now)),
        );
      expect(await time(undefined)).toBe("SCHEDULING_REQUIRED");
      for (const wrong of ["08:30", "09:10", "16:30", "24:00", "9:00", "noon"])
        expect(await time(wrong), wrong).toBe("INVALID_TIME_SLOT");
      expect(await time("09:00", "2026-11-16 09:00")).toBe("INVALID_TIME_SLOT");
      const first = await world.claim(
        world.noor,
        discount,
        { schedule: { date: "2026-11-16", time: "16:00" } },
        await at("2026-11-16 08:00"),
      );
      expect(new Date(first.scheduledAt as string).toISOString()).toBe(await at("2026-11-16 16:00"));
      expect(new Date(first.endsAt as string).toISOString()).toBe(await at("2026-11-16 16:30"));
      expect(new Date(first.dueAt as string).toISOString()).toBe(await at("2026-11-16 16:15"));
    });

    it("are listed with the reason where there is no place", async () => {
      world = await claimsWorld({ zone });
      await world.settings({ discount_capacity: 1, boost_capacity: 1 });
      const discount = await world.reward({ kind: "discount", discount_minutes: 60 });
      const boost = await world.reward({ kind: "commission_boost" });
      const other = await world.member("other");
      const now = await at("2026-11-16 10:00");
      await world.claim(world.noor, discount, { schedule: { date: "2026-11-17", time: "10:00" } }, now);
      await world.claim(world.noor, boost, { schedule: { date: "2026-11-17" } }, now);
      const days = await slots("discount", now, other);
      expect(days.map(({ date, reason }) => `${date} ${reason}`)).toEqual([
        "2026-11-16 null",
        "2026-11-17 null",
        "2026-11-18 null",
        "2026-11-19 null",
        "2026-11-20 null",
        "2026-11-21 weekend",
        "2026-11-22 weekend",
        "2026-11-23 null",
      ]);
      const of = (list: SlotDay[], date: string, time: string) =>
        list.find((day) => day.date === date)?.slots.find((slot) => slot.time === time);
      expect(of(days, "2026-11-16", "10:00")).toMatchObject({ reason: "past" });
      expect(of(days, "2026-11-16", "10:30")).toMatchObject({ reason: null, left: 1 });
      expect(of(days, "2026-11-17", "10:00")).toMatchObject({ reason: "full", left: 0 });
      const hers = await slots("discount", now);
      expect(of(hers, "2026-11-17", "10:30")).toMatchObject({ reason: "yours" });
      expect(of(hers, "2026-11-17", "11:00")).toMatchObject({ reason: null });
      const boosts = await slots("commission_boost", now, other);
      expect(boosts.find(({ date }) => date === "2026-11-17")).toMatchObject({
        reason: "full",
        slots: [{ time: "18:00", reason: "full", left: 0 }],
      });
      // What is listed as free is what a claim is given.
      expect(
        await codeOf(world.claim(other, discount, { schedule: { date: "2026-11-17", time: "10:00" } }, now)),
      ).toBe("SLOT_FULL");
      expect(await codeOf(world.claim(other, boost, { schedule: { date: "2026-11-17" } }, now))).toBe(
        "SLOT_FULL",
      );
      expect(
        await codeOf(world.claim(other, discount, { schedule: { date: "2026-11-17", time: "10:30" } }, now)),
      ).toBe("none");
    });
  },
);

describe("schedules", () => {
  it("may lie on weekends where the business says so", async () => {
    world = await claimsWorld();
    await world.settings({ schedule_weekends: true });
    const boost = await world.reward({ kind: "commission_boost" });
    expect(
      await codeOf(
        world.claim(world.noor, boost, { schedule: { date: "2026-11-21" } }, "2026-11-16T12:00:00Z"),
      ),
    ).toBe("none");
  });

  it("hold one boost at a time, and discounts that do not touch", async () => {
    world = await claimsWorld();
    const now = "2026-11-16T12:00:00Z";
    const [one, two] = [
      await world.reward({ kind: "commission_boost", boost_days: 1 }),
      await world.reward({ kind: "commission_boost", boost_days: 1 }),
    ];
    await world.claim(world.noor, one, { schedule: { date: "2026-11-16" } }, now);
    expect(await codeOf(world.claim(world.noor, two, { schedule: { date: "2026-11-20" } }, now))).toBe(
      "ACTIVE_CLAIM_EXISTS",
    );
    const [long, short] = [
      await world.reward({ kind: "discount", discount_minutes: 120 }),
      await world.reward({ kind: "discount", discount_minutes: 30 }),
    ];
    await world.claim(world.noor, long, { schedule: { date: "2026-11-17", time: "10:00" } }, now);
    for (const time of ["10:00", "11:30"])
      expect(
        await codeOf(world.claim(world.noor, short, { schedule: { date: "2026-11-17", time } }, now)),
        time,
      ).toBe("INVALID_TIME_SLOT");
    expect(
      await codeOf(world.claim(world.noor, short, { schedule: { date: "2026-11-17", time: "12:00" } }, now)),
    ).toBe("none");
  });
});

describe("days on which the clocks change", () => {
  it("keep the hour of the business over the end of summer time, one hour more in between", async () => {
    world = await claimsWorld({ zone: "America/New_York" });
    const boost = await world.reward({ kind: "commission_boost", boost_days: 7 });
    const claim = await world.claim(
      world.noor,
      boost,
      { schedule: { date: "2026-10-30" } },
      "2026-10-30T12:00:00Z",
    );
    expect(new Date(claim.scheduledAt as string).toISOString()).toBe("2026-10-30T22:00:00.000Z");
    expect(new Date(claim.endsAt as string).toISOString()).toBe("2026-11-06T23:00:00.000Z");
  });

  it("skip an hour in spring: no discount starts in it, and the others keep their hour", async () => {
    world = await claimsWorld({ zone: "America/New_York" });
    await world.settings({ schedule_weekends: true, discount_from: "01:00", discount_to: "04:00" });
    const discount = await world.reward({ kind: "discount", frequency: "unlimited", discount_minutes: 30 });
    const now = "2027-03-12T12:00:00Z";
    const on = (time: string) =>
      codeOf(world.claim(world.noor, discount, { schedule: { date: "2027-03-14", time } }, now));
    expect(await on("02:00")).toBe("INVALID_TIME_SLOT");
    expect(await on("02:30")).toBe("INVALID_TIME_SLOT");
    const day = (await slots("discount", now)).find(({ date }) => date === "2027-03-14") as SlotDay;
    expect(day.slots.map(({ time, reason, startsAt }) => `${time} ${reason} ${startsAt}`)).toEqual([
      "01:00 null 2027-03-14T06:00:00+00:00",
      "01:30 null 2027-03-14T06:30:00+00:00",
      "02:00 skipped 2027-03-14T07:00:00+00:00",
      "02:30 skipped 2027-03-14T07:30:00+00:00",
      "03:00 null 2027-03-14T07:00:00+00:00",
      "03:30 null 2027-03-14T07:30:00+00:00",
      "04:00 null 2027-03-14T08:00:00+00:00",
    ]);
    expect(await on("03:00")).toBe("none");
  });

  it("have one hour twice in autumn: a discount starts in the second one, once", async () => {
    world = await claimsWorld({ zone: "America/New_York" });
    await world.settings({
      schedule_weekends: true,
      discount_from: "00:00",
      discount_to: "04:00",
      discount_capacity: 1,
    });
    const discount = await world.reward({ kind: "discount", discount_minutes: 30 });
    const other = await world.member("other");
    const now = "2026-10-30T12:00:00Z";
    const details = { schedule: { date: "2026-11-01", time: "01:30" } };
    const claim = await world.claim(world.noor, discount, details, now);
    expect(new Date(claim.scheduledAt as string).toISOString()).toBe("2026-11-01T06:30:00.000Z");
    expect(await codeOf(world.claim(other, discount, details, now))).toBe("SLOT_FULL");
    // In the first of the two hours it still lies ahead.
    expect(await codeOf(world.claim(other, discount, details, "2026-11-01T05:45:00Z"))).toBe("SLOT_FULL");
    expect(await codeOf(world.claim(other, discount, details, "2026-11-01T06:30:00Z"))).toBe(
      "INVALID_TIME_SLOT",
    );
  });

  it("start a boost whose hour is skipped at the moment the clocks arrive", async () => {
    world = await claimsWorld({ zone: "America/New_York" });
    await world.settings({ schedule_weekends: true, boost_time: "02:30" });
    const boost = await world.reward({ kind: "commission_boost", boost_days: 1 });
    const claim = await world.claim(
      world.noor,
      boost,
      { schedule: { date: "2027-03-14" } },
      "2027-03-13T12:00:00Z",
    );
    expect(new Date(claim.scheduledAt as string).toISOString()).toBe("2027-03-14T07:30:00.000Z");
    expect(new Date(claim.endsAt as string).toISOString()).toBe("2027-03-15T06:30:00.000Z");
  });

  it("count today by the zone of the business, also where midnight itself is skipped", async () => {
    // São Paulo began summer time of 2018 at midnight: 4 November had no 00:00.
    world = await claimsWorld({ zone: "America/Sao_Paulo" });
    await world.settings({ schedule_weekends: true, boost_time: "00:00" });
    const boost = await world.reward({ kind: "commission_boost", boost_days: 1 });
    const claim = await world.claim(
      world.noor,
      boost,
      { schedule: { date: "2018-11-04" } },
      "2018-11-04T01:00:00Z",
    );
    expect(new Date(claim.scheduledAt as string).toISOString()).toBe("2018-11-04T03:00:00.000Z");
    expect(new Date(claim.endsAt as string).toISOString()).toBe("2018-11-05T02:00:00.000Z");
  });
});
