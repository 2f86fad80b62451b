import ipaddr from "ipaddr.js";

/**
 * What an address is counted under. IPv6 callers own a /64 at least, so its first half is who they are; the address is
 * written out first, because `2001:db8::5` and `2001:db8::6` differ in their fourth group as they stand.
 */
export function addressBucket(ip: string): string {
  if (!ipaddr.IPv6.isValid(ip)) return ip;
  const parts = ipaddr.IPv6.parse(ip).parts.slice(0, 4);
  return `${parts.map((part) => part.toString(16)).join(":")}::/64`;
}
