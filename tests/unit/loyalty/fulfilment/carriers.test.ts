import { describe, expect, it } from "vitest";
import {
  carriers,
  isTrackingNumber,
  tidyTrackingNumber,
  trackingLink,
  type Carrier,
} from "../../../../lib/programs/loyalty/fulfilment/carriers";

describe("tracking numbers", () => {
  it.each<[Carrier, string]>([
    ["ups", "1Z999AA10123456784"],
    ["ups", "1z 999 aa1 01 2345 6784"],
    ["fedex", "1234 5678 9012"],
    ["fedex", "123456789012345"],
    ["usps", "9400 1118 9922 3197 4284 90"],
    ["usps", "RA123456789US"],
    ["dhl", "1234567890"],
    ["dhl", "JJD0099999999"],
    ["other", ""],
    ["other", "BIKE-12"],
  ])("of %s may look like %s", (carrier, number) => {
    expect(isTrackingNumber(carrier, number)).toBe(true);
  });

  it.each<[Carrier, string]>([
    ["ups", "1Z999AA1012345678"],
    ["ups", ""],
    ["fedex", "1Z999AA10123456784"],
    ["fedex", "1234567890123"],
    ["usps", "RA123456789DE"],
    ["dhl", "12345"],
    ["other", "a b/c"],
    ["other", "<script>"],
  ])("of %s never look like %s", (carrier, number) => {
    expect(isTrackingNumber(carrier, number)).toBe(false);
  });

  it("are kept without spaces, in capitals", () => {
    expect(tidyTrackingNumber(" 1z 999.aa1 ")).toBe("1Z999AA1");
  });
});

describe("tracking links", () => {
  it("lead to the carrier's own page over https, with the number and nothing else", () => {
    const hosts = { ups: "www.ups.com", fedex: "www.fedex.com", usps: "tools.usps.com", dhl: "www.dhl.com" };
    for (const [carrier, host] of Object.entries(hosts)) {
      const link = new URL(trackingLink(carrier, "AB 1&x=2") ?? "");
      expect([link.protocol, link.host]).toEqual(["https:", host]);
      expect([...link.searchParams.values()]).toContain("AB 1&x=2");
      expect(link.searchParams.get("x")).toBeNull();
    }
  });

  it("are none where there is no page or no number", () => {
    expect(trackingLink("other", "123")).toBeNull();
    expect(trackingLink("ups", null)).toBeNull();
    expect(trackingLink(null, "123")).toBeNull();
    expect(trackingLink("constructor", "123")).toBeNull();
    expect(carriers).toHaveLength(5);
  });
});
