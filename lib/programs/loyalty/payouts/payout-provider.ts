/** What a payment becomes at the provider; every provider's own words are turned into these. */
export type ProviderOutcome =
  { kind: "paid"; reference: string } | { kind: "failed"; reason: string } | { kind: "open" };

interface ProviderPayment {
  /** Our row id: comes back with the outcome. */
  id: string;
  account: string;
  /** Decimal text with the currency's own number of digits. */
  amount: string;
  currency: string;
}

interface ProviderBatch {
  /** Our row id, the provider's idempotency key: sent twice, paid once. */
  id: string;
  subject: string;
  note: string;
  payments: ProviderPayment[];
}

type SendAnswer =
  | { kind: "taken"; reference: string }
  /** Trying again cannot help: a person reads why. */
  | { kind: "refused"; message: string };

export interface PayoutProvider {
  /** Throws when the provider cannot be reached or is broken: the job tries again, with the same id. */
  send(batch: ProviderBatch): Promise<SendAnswer>;
  read(reference: string): Promise<Map<string, ProviderOutcome>>;
}
