/* Apart from the schemas: a form that lists these must not carry the schema library along. */
export const payoutMethods = ["paypal", "venmo", "bank"] as const;
export type PayoutMethod = (typeof payoutMethods)[number];
/** Paid to a name rather than to a bank account. */
export type NamedMethod = Exclude<PayoutMethod, "bank">;

export const bankAccountTypes = ["checking", "savings"] as const;
