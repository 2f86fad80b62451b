export type LimitName = "read" | "write" | "sign-in" | "reset" | "public" | "page";

interface LimitPolicy {
  windowSeconds: number;
  /** For one person, or for one subject (`limitKey`) at one address. */
  perPerson: number;
  /** For one address, whoever is behind it: an office or a campus shares one. */
  perAddress: number;
  /** What happens when the counter itself is down. */
  onFailure: "open" | "closed";
}

const quarterHour = 15 * 60;

export const limitPolicies: Record<LimitName, LimitPolicy> = {
  read: { windowSeconds: quarterHour, perPerson: 300, perAddress: 3_000, onFailure: "open" },
  write: { windowSeconds: quarterHour, perPerson: 100, perAddress: 1_000, onFailure: "open" },
  public: { windowSeconds: quarterHour, perPerson: 300, perAddress: 600, onFailure: "open" },
  "sign-in": { windowSeconds: quarterHour, perPerson: 5, perAddress: 50, onFailure: "closed" },
  reset: { windowSeconds: 60 * 60, perPerson: 3, perAddress: 30, onFailure: "closed" },
  page: { windowSeconds: quarterHour, perPerson: 900, perAddress: 9_000, onFailure: "open" },
};

export function defaultLimit(method: string): LimitName {
  return method === "GET" || method === "HEAD" ? "read" : "write";
}
