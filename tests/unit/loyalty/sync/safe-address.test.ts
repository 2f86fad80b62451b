import { describe, expect, it } from "vitest";
import {
  checkHost,
  checkUrl,
  isPublicAddress,
  resolveSafely,
} from "@/lib/programs/loyalty/sync/safe-address";

const rules = { allowLoopback: false };

describe("an address to fetch from", () => {
  it.each(["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001:82a::200e"])(
    "may be %s on the public internet",
    (address) => expect(isPublicAddress(address, rules)).toBe(true),
  );

  it.each([
    ...["127.0.0.1", "0.0.0.0", "10.1.1.1", "100.64.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1"],
    ...["192.0.0.8", "198.18.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"],
    ...["::", "::1", "::7f00:1", "::a00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1"],
    ...["64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1", "fc00::1"],
    ...["fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "5f00::1", "4000::1"],
    ...["", "localhost", "::ffff:8.8.8.8.8"],
  ])("is never %s", (address) => expect(isPublicAddress(address, rules)).toBe(false));

  it.each([
    ...["https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/", "https://127.1/", "https://0/"],
    ...["https://[::ffff:127.0.0.1]/", "https://[::7f00:1]/", "https://①②⑦.0.0.1/", "https://localhost/"],
  ])("is seen through when it is written as %s", async (text) => {
    await expect(resolveSafely(checkUrl(text, rules).hostname, rules)).rejects.toMatchObject({
      code: "ADDRESS_REFUSED",
    });
  });

  it.each([
    ...["http://example.com/a.csv", "file:///etc/passwd", "gopher://example.com", "javascript:alert(1)"],
    ...["https://name:secret@example.com/", "https://[fe80::1%25lo]/", "//example.com", ""],
  ])("is refused as it stands: %s", (text) => {
    expect(() => checkUrl(text, rules)).toThrowError(expect.objectContaining({ code: "ADDRESS_REFUSED" }));
  });

  it.each([
    ...[
      "https://10.0.0.8/x.csv",
      "https://127.0.0.1/",
      "https://2130706433/",
      "https://[::1]/",
      "https://[fd00::1]/a",
    ],
    ...[
      "https://169.254.169.254/latest",
      "https://localhost/",
      "https://files.localhost/",
      "https://localhost./",
    ],
  ])("is refused before any name is looked up: %s", (text) => {
    expect(() => checkHost(checkUrl(text, rules).hostname, rules)).toThrowError(
      expect.objectContaining({ code: "ADDRESS_REFUSED", status: 422 }),
    );
  });

  it("passes with a public name or address, and on this machine where tests allow it", () => {
    for (const host of ["example.com", "8.8.8.8", "[2606:4700::1111]", "localhost.example.com"])
      expect(() => checkHost(host, rules)).not.toThrow();
    for (const host of ["127.0.0.1", "localhost"])
      expect(() => checkHost(host, { allowLoopback: true })).not.toThrow();
  });
});
