import { headers } from "next/headers";

/** The nonce of this request, set by the middleware beside the Content-Security-Policy. */
export async function requestNonce(): Promise<string | undefined> {
  return (await headers()).get("x-nonce") ?? undefined;
}
