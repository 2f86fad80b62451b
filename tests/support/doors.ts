import { expect } from "vitest";
import { call, signIn, stackSql, type Answer, type SignedIn } from "./stack";
import type { OwnBusiness } from "./browser-business";

/** One address as one person would use it. */
export interface Door {
  method?: string;
  path: string;
  body?: unknown;
}
export type Asker = "creator" | "support" | "stranger" | "signed out";

export function knock<T = unknown>(
  slug: string,
  door: Door,
  as: SignedIn | null,
  key?: string,
): Promise<Answer<T>> {
  return call<T>(`/api/${slug}${door.path}`, {
    as,
    ...(door.method ? { method: door.method } : {}),
    ...(door.body === undefined ? {} : { body: door.body }),
    ...(key ? { headers: { "idempotency-key": key } } : {}),
  });
}

export async function asker(who: Asker, business: OwnBusiness): Promise<SignedIn | null> {
  if (who === "signed out") return null;
  return signIn(who === "stranger" ? "owner@hearth.test" : business.email(who));
}

/** While a program is off, its addresses are not there, for its owner either. */
export async function whileOff(business: OwnBusiness, program: string, work: () => Promise<void>) {
  const turn = (isOn: boolean) =>
    stackSql("update public.client_programs set is_enabled = $3 where client_id = $1 and program = $2", [
      business.id,
      program,
      isOn,
    ]);
  await turn(false);
  await work().finally(() => turn(true));
}

/** The fields an answer asks to look at again. */
export function fieldsOf(answer: Answer): string[] {
  const details = answer.error?.details as { fields?: Record<string, string> } | undefined;
  return Object.keys(details?.fields ?? {});
}

/** A second sending under the same key gives the first answer back and does nothing. */
export async function replays(slug: string, door: Door, as: SignedIn): Promise<Answer> {
  const key = crypto.randomUUID();
  const first = await knock(slug, door, as, key);
  expect(first.status, first.text).toBeLessThan(300);
  const second = await knock(slug, door, as, key);
  expect([second.status, second.headers.get("idempotency-replayed"), second.data]).toEqual([
    first.status,
    "true",
    first.data,
  ]);
  return first;
}
