import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError } from "@/lib/kernel/errors";
import { SourceUnavailable } from "./source-unavailable";

export interface Address {
  address: string;
  family: 4 | 6;
}

export interface AddressRules {
  /** For tests against a server on this machine; never in hosted production. */
  allowLoopback: boolean;
}

function refuseAddress(host: string): AppError {
  return new AppError("ADDRESS_REFUSED", 422, `${host} is not an address on the public internet.`);
}

/** Only unicast addresses of the public internet: no loopback, private, link-local, mapped or tunnelled ones. */
export function isPublicAddress(address: string, { allowLoopback }: AddressRules): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  // Only 2000::/3 is given out for the internet. Without this, `::7f00:1`, an old way to write 127.0.0.1, is unicast.
  if (parsed instanceof ipaddr.IPv6 && range === "unicast") return (parsed.parts[0] ?? 0) >> 13 === 1;
  return range === "unicast" || (allowLoopback && range === "loopback");
}

/**
 * Every address a name has must be public: a name with one private address among them is refused, and the
 * connection is made to the address that was looked at, so a second answer of the name server changes nothing.
 */
export async function resolveSafely(host: string, rules: AddressRules): Promise<Address[]> {
  const bare = host.replace(/^\[|\]$/g, "");
  const literal = isIP(bare);
  let found: Address[];
  if (literal !== 0) found = [{ address: bare, family: literal === 4 ? 4 : 6 }];
  else {
    try {
      found = (await lookup(bare, { all: true, verbatim: true })) as Address[];
    } catch (error) {
      throw new SourceUnavailable("NAME_UNKNOWN", `The address ${bare} could not be found.`, {
        cause: error,
      });
    }
  }
  if (found.length === 0 || !found.every((entry) => isPublicAddress(entry.address, rules)))
    throw refuseAddress(bare);
  return found;
}

/** https everywhere; plain http only to this machine, and only where that is allowed at all. */
export function checkUrl(text: string, { allowLoopback }: AddressRules): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLoopback = url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (!url || (url.protocol !== "https:" && !(allowLoopback && isLoopback && url.protocol === "http:"))) {
    throw new AppError("ADDRESS_REFUSED", 422, "The address must start with https://.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new AppError("ADDRESS_REFUSED", 422, "Put the secret in its header, not in the address.");
  }
  return url;
}

/**
 * What can be said of an address without asking a name server: a private one written out, or this machine by name, is
 * refused as soon as somebody saves it. What a name means is looked at when a file is fetched.
 */
export function checkHost(host: string, rules: AddressRules): void {
  const bare = host.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const isPrivate =
    isIP(bare) !== 0
      ? !isPublicAddress(bare, rules)
      : /(?:^|\.)localhost$/i.test(bare) && !rules.allowLoopback;
  if (isPrivate) throw refuseAddress(bare);
}
