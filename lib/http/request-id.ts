import { env } from "@/lib/kernel/env";
import { newId } from "@/lib/kernel/ids";

const acceptable = /^[A-Za-z0-9._:-]{8,80}$/;

/** A caller may not choose what the audit log says, so an inbound id counts only behind our own proxy. */
export function requestIdOf(headers: Headers): string {
  const inbound = headers.get("x-request-id");
  return env.trustProxy && inbound !== null && acceptable.test(inbound) ? inbound : newId();
}
