import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mailAccent, renderMail } from "@/lib/core/email/server";
import type { MailContent } from "@/lib/core/email/contract";
import { senderOf } from "@/lib/core/email/sender";
import { contrastRatio } from "@/lib/core/tenancy/contract";

const frame = {
  businessName: "Glow Collective",
  locale: "en-US",
  accent: mailAccent("#b3265f"),
  footer: "You receive this because of your account with Glow Collective.",
  unsubscribe: { label: "Stop these e-mails", url: "https://glow.test/stop" },
};
const content: MailContent = {
  subject: "You are Silver",
  preview: "Your sales reached the next tier.",
  title: "You are now Silver",
  paragraphs: ["Your sales reached the next tier.", "It counts from today."],
  facts: [{ label: "Commission", value: "12.5%" }],
  action: { label: "See why", url: "https://glow.test/why?a=1&b=2" },
  note: "The link works for 7 days.",
};

describe("a mail", () => {
  it("says the same in HTML and in plain text", async () => {
    const { html, text } = await renderMail(content, frame);
    for (const part of [
      content.title,
      ...content.paragraphs,
      "Commission",
      "12.5%",
      "See why",
      content.note!,
      frame.footer,
      "Stop these e-mails",
    ]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(text).toContain("https://glow.test/why?a=1&b=2");
    expect(html).toContain("https://glow.test/why?a=1&amp;b=2");
    expect(text).not.toMatch(/<[a-z]/i);
  });

  it("has a language, a title, one heading, its preview and no remote part", async () => {
    const { html } = await renderMail(content, frame);
    expect(html).toContain('lang="en-US"');
    expect(html).toContain("<title>You are Silver</title>");
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain(content.preview);
    expect(html).not.toMatch(/<(img|script|link|iframe)\b/i);
  });

  it("shows markup in names as text", async () => {
    const { html } = await renderMail(
      { ...content, title: "<script>alert(1)</script>" },
      { ...frame, businessName: "<b>Glow</b>" },
    );
    expect(html).not.toContain("<script>");
    expect(html).not.toContain("<b>Glow");
  });

  it("has no way out when it is essential", async () => {
    const { html, text } = await renderMail(content, { ...frame, unsubscribe: null });
    expect(html + text).not.toContain("Stop these");
  });
});

describe("the business's colour in a mail", () => {
  it("can be read for any colour, on the button, on white and on a dark ground", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const accent = mailAccent(`#${number.toString(16).padStart(6, "0")}`);
        expect(contrastRatio(accent.fill, accent.onFill)).toBeGreaterThanOrEqual(4.5);
        expect(contrastRatio(accent.text, "#ffffff")).toBeGreaterThanOrEqual(4.5);
        expect(contrastRatio(accent.textOnDark, "#1e1b20")).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps a colour that can already be written on", () => {
    expect(mailAccent("#b3265f")).toMatchObject({ fill: "#b3265f", onFill: "#ffffff" });
    expect(mailAccent("#ffd166")).toMatchObject({ fill: "#ffd166", onFill: "#1d1a1f" });
  });
});

describe("the sender", () => {
  it("is the business, at our address, and a name cannot add headers or another address", () => {
    expect(senderOf("Glow Collective", "Portico <hello@portico.test>")).toBe(
      '"Glow Collective" <hello@portico.test>',
    );
    expect(senderOf('Evil" <boss@bank.test>\r\nBcc: all', "hello@portico.test")).toBe(
      '"Evil boss@bank.testBcc: all" <hello@portico.test>',
    );
    expect(senderOf("", "hello@portico.test")).toBe("hello@portico.test");
  });
});
