export type Query = Record<string, string | string[] | undefined>;

/**
 * The address of the same page with some of its state changed; null or "" takes a key out. Any change of what is
 * listed goes back to the first page: a cursor belongs to the order and filters it was made for.
 */
export function withQuery(
  pathname: string,
  query: Query,
  patch: Record<string, string | string[] | null>,
): string {
  const params = new URLSearchParams();
  const merged: Record<string, string | string[] | null | undefined> = { ...query, ...patch };
  const turnsPage = "after" in patch || "before" in patch;
  for (const [key, value] of Object.entries(merged)) {
    if (!turnsPage && (key === "after" || key === "before")) continue;
    if (turnsPage && (key === "after" || key === "before") && !(key in patch)) continue;
    for (const one of Array.isArray(value) ? value : [value]) if (one) params.append(key, one);
  }
  const text = params.toString();
  return text ? `${pathname}?${text}` : pathname;
}

/** Adds or removes one value of a key that holds several. */
export function toggled(query: Query, key: string, value: string): string[] {
  const current = query[key];
  const list = Array.isArray(current) ? current : current ? [current] : [];
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}

export interface Sort {
  by: string;
  direction: "ascending" | "descending";
}

/** "-sales" is sales, highest first. */
export function parseSort(text: string | undefined, allowed: readonly string[], fallback: Sort): Sort {
  if (!text) return fallback;
  const by = text.replace(/^-/, "");
  if (!allowed.includes(by)) return fallback;
  return { by, direction: text.startsWith("-") ? "descending" : "ascending" };
}

export function sortText(sort: Sort): string {
  return (sort.direction === "descending" ? "-" : "") + sort.by;
}

/** Where a column's head leads: its own first direction, or the other one if it leads already. */
export function nextSort(current: Sort, column: string, first: Sort["direction"]): Sort {
  if (current.by !== column) return { by: column, direction: first };
  return { by: column, direction: current.direction === "descending" ? "ascending" : "descending" };
}
