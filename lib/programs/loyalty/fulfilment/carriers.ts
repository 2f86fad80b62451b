/** Carriers a gift goes with. The shapes are those of `private.is_tracking_number`; a test holds both together. */
export const carriers = ["fedex", "ups", "usps", "dhl", "other"] as const;
export type Carrier = (typeof carriers)[number];

export const carrierNames: Record<Carrier, string> = {
  fedex: "FedEx",
  ups: "UPS",
  usps: "USPS",
  dhl: "DHL",
  other: "Other",
};

const shapes: Record<Carrier, RegExp> = {
  ups: /^(1Z[0-9A-Z]{16}|T[0-9]{10}|[0-9]{9}|[0-9]{26})$/,
  fedex: /^([0-9]{12}|[0-9]{15}|[0-9]{20}|[0-9]{22})$/,
  usps: /^([0-9]{20}|[0-9]{22}|[0-9]{26}|[0-9]{30}|[A-Z]{2}[0-9]{9}US)$/,
  dhl: /^([0-9]{10,11}|JJD[0-9A-Z]{8,20}|JD[0-9]{16,18}|GM[0-9]{10,20}|[A-Z]{2}[0-9]{9}[A-Z]{2})$/,
  other: /^([0-9A-Z-]{4,40})?$/,
};

const pages: Record<Exclude<Carrier, "other">, string> = {
  ups: "https://www.ups.com/track?tracknum=",
  fedex: "https://www.fedex.com/fedextrack/?trknbr=",
  usps: "https://tools.usps.com/go/TrackConfirmAction?tLabels=",
  dhl: "https://www.dhl.com/us-en/home/tracking.html?tracking-id=",
};

/** As it is stored: labels print it in groups, in either case. */
export const tidyTrackingNumber = (text: string): string => text.replace(/[\s.]/g, "").toUpperCase();

export function isTrackingNumber(carrier: Carrier, text: string): boolean {
  return shapes[carrier].test(tidyTrackingNumber(text));
}

/** Whose number this can be. Several share a shape (22 digits are FedEx's or USPS's): then a person chooses. */
export function carriersOf(text: string): Carrier[] {
  const number = tidyTrackingNumber(text);
  if (number === "") return [];
  return carriers.filter((carrier) => carrier !== "other" && shapes[carrier].test(number));
}

/** The carrier's own page for a parcel; null when there is none to go to. */
export function trackingLink(carrier: string | null, trackingNumber: string | null): string | null {
  if (carrier === null || trackingNumber === null || !Object.hasOwn(pages, carrier)) return null;
  return pages[carrier as keyof typeof pages] + encodeURIComponent(trackingNumber);
}
