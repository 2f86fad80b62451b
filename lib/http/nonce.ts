import "server-only";
import { headers } from "next/headers";
import { nonceHeader } from "./forwarded";

/** For the few inline tags a page needs; reading it also keeps the page from being prerendered without one. */
export async function readNonce(): Promise<string | undefined> {
  return (await headers()).get(nonceHeader) ?? undefined;
}
