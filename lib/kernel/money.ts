const digitsByCurrency = new Map<string, number>();

/** How many decimals a currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export function minorUnits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    digits =
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

/** The exact decimal text of an amount in minor units; no float in between. */
export function decimalText(minor: bigint | number | string, currency: string): string {
  const amount = toMinor(minor);
  const digits = minorUnits(currency);
  const sign = amount < 0n ? "-" : "";
  const plain = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, "0");
  return digits === 0 ? sign + plain : `${sign}${plain.slice(0, -digits)}.${plain.slice(-digits)}`;
}

/** Decimal text to minor units without a float in between: "-64.5" in USD is -6450. Null when it is no amount. */
export function minorFromText(text: string, currency: string): number | null {
  const digits = minorUnits(currency);
  const match = /^([-−+]?)\s*(\d{1,12})(?:[.,](\d{1,3}))?$/.exec(text.trim().replace(/[\s']/g, ""));
  if (!match) return null;
  const [, sign, whole = "0", fraction = ""] = match;
  if (fraction.length > digits) return null;
  const value = Number(whole + fraction.padEnd(digits, "0"));
  return sign === "-" || sign === "−" ? -value : value;
}

interface MoneyStyle {
  /** Leaves out `.00`, for figures on a dashboard. */
  whole?: boolean;
  compact?: boolean;
}

export function formatMoney(
  minor: bigint | number | string,
  currency: string,
  locale: string,
  style: MoneyStyle = {},
): string {
  const text = decimalText(minor, currency) as `${number}`;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    ...(style.whole ? { trailingZeroDisplay: "stripIfInteger" as const } : {}),
    ...(style.compact ? { notation: "compact" as const, maximumFractionDigits: 1 } : {}),
  });
  return format.format(text);
}

export function formatNumber(
  value: bigint | number,
  locale: string,
  options: Intl.NumberFormatOptions = {},
): string {
  return new Intl.NumberFormat(locale, options).format(value);
}

/** Basis points (850 = 8.5 %), the unit every rate is stored in. */
export function formatBasisPoints(basisPoints: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(
    basisPoints / 10_000,
  );
}

function toMinor(value: bigint | number | string): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError("An amount in minor units must be a whole number that a float holds exactly.");
  }
  return BigInt(value);
}
