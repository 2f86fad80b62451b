import type { RaffleDraw } from "./raffle.schema";

export interface Recomputed {
  /** The list is the one that was sealed. */
  listAgrees: boolean;
  /** The seed is the one that was promised when the list was sealed. */
  seedAgrees: boolean;
  /** Winners and alternates are the ones this seed gives this list. */
  orderAgrees: boolean;
  /** Entry numbers in the order of the draw. */
  order: number[];
}

/**
 * The draw once more, from what is published and nothing else, in the browser or anywhere: each entry's key is the SHA-256
 * of `seed:hash of the list:entry id`; the smallest key is drawn first.
 */
export async function recomputeDraw(
  list: string,
  draw: Pick<RaffleDraw, "entriesHash" | "commitment" | "seed" | "places">,
): Promise<Recomputed> {
  const seed = draw.seed ?? "";
  const entriesHash = await sha256(list);
  const entries = list.split("\n").flatMap((line) => {
    const [entryNo, id] = line.split(" ");
    return id === undefined ? [] : [{ entryNo: Number(entryNo), id }];
  });
  const keyed: { entryNo: number; key: string }[] = [];
  for (const { entryNo, id } of entries)
    keyed.push({ entryNo, key: await sha256(`${seed}:${entriesHash}:${id}`) });
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.entryNo - b.entryNo));
  const order = keyed.map(({ entryNo }) => entryNo);
  return {
    listAgrees: entriesHash === draw.entriesHash,
    seedAgrees: (await sha256(seed)) === draw.commitment,
    orderAgrees: draw.places.every(({ rank, entryNo }) => order[rank - 1] === entryNo),
    order,
  };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
