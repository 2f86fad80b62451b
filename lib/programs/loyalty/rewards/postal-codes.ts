/* Shapes of postal codes: a code that cannot exist is caught while she can still mend it, not by the courier. A country
   that is not here takes what she writes. */
const shapes: Record<string, { shape: RegExp; example: string }> = {
  AT: { shape: /^\d{4}$/, example: "1010" },
  AU: { shape: /^\d{4}$/, example: "2000" },
  BE: { shape: /^\d{4}$/, example: "1000" },
  BR: { shape: /^\d{5}-?\d{3}$/, example: "01310-100" },
  CA: { shape: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/, example: "M5V 2T6" },
  CH: { shape: /^\d{4}$/, example: "8001" },
  CZ: { shape: /^\d{3} ?\d{2}$/, example: "110 00" },
  DE: { shape: /^\d{5}$/, example: "10115" },
  DK: { shape: /^\d{4}$/, example: "1050" },
  ES: { shape: /^\d{5}$/, example: "28001" },
  FI: { shape: /^\d{5}$/, example: "00100" },
  FR: { shape: /^\d{5}$/, example: "75001" },
  GB: { shape: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/, example: "SW1A 1AA" },
  IE: { shape: /^[A-Z]\d[\dW] ?[A-Z\d]{4}$/, example: "D02 AF30" },
  IN: { shape: /^\d{3} ?\d{3}$/, example: "110001" },
  IT: { shape: /^\d{5}$/, example: "00184" },
  JP: { shape: /^\d{3}-?\d{4}$/, example: "100-0001" },
  MX: { shape: /^\d{5}$/, example: "06000" },
  NG: { shape: /^\d{6}$/, example: "100001" },
  NL: { shape: /^\d{4} ?[A-Z]{2}$/, example: "1012 AB" },
  NO: { shape: /^\d{4}$/, example: "0150" },
  NZ: { shape: /^\d{4}$/, example: "6011" },
  PL: { shape: /^\d{2}-?\d{3}$/, example: "00-001" },
  PT: { shape: /^\d{4}-?\d{3}$/, example: "1100-148" },
  SE: { shape: /^\d{3} ?\d{2}$/, example: "111 22" },
  US: { shape: /^\d{5}(-\d{4})?$/, example: "10001" },
  ZA: { shape: /^\d{4}$/, example: "8001" },
};

export const postalExample = (country: string): string | null =>
  shapes[country.toUpperCase()]?.example ?? null;

export function isPostalCode(country: string, code: string): boolean {
  const known = shapes[country.toUpperCase()];
  return known ? known.shape.test(code.trim().toUpperCase()) : code.trim().length >= 2;
}
