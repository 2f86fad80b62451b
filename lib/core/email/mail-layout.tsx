import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from "@react-email/components";

import type { MailContent } from "./contract";
import type { MailAccent } from "./mail-accent";

export interface MailFrame {
  businessName: string;
  locale: string;
  accent: MailAccent;
  footer: string;
  unsubscribe: { label: string; url: string } | null;
}

const font = "'Hanken Grotesk', 'Segoe UI', Helvetica, Arial, sans-serif";
const ink = "#1d1a1f";
const quiet = "#5b5560";
const line = "#e0dce2";

/** Programs that know dark mode get ours; the others keep the light colours written on each element. */
const darkStyles = (accent: MailAccent) => `
  @media (prefers-color-scheme: dark) {
    .ground, .ground > table > tbody > tr > td { background-color: #161318 !important; }
    .sheet { background-color: #1e1b20 !important; border-color: #3a353d !important; }
    .ink { color: #f3f0f5 !important; }
    .quiet { color: #b9b2bd !important; }
    .rule { border-color: #3a353d !important; }
    .link { color: ${accent.textOnDark} !important; }
  }`;

export function MailLayout({ content, frame }: { content: MailContent; frame: MailFrame }) {
  const { accent } = frame;
  return (
    <Html lang={frame.locale} dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{content.subject}</title>
        <style>{darkStyles(accent)}</style>
      </Head>
      <Preview>{content.preview}</Preview>
      <Body
        className="ground"
        style={{ backgroundColor: "#f7f5f8", margin: 0, padding: "24px 12px", fontFamily: font }}
      >
        <Container
          className="sheet"
          style={{
            backgroundColor: "#ffffff",
            border: `1px solid ${line}`,
            borderRadius: 12,
            maxWidth: 520,
            padding: "28px 28px 20px",
          }}
        >
          <Text
            className="quiet"
            style={{ color: quiet, fontSize: 14, fontWeight: 600, lineHeight: "20px", margin: "0 0 20px" }}
          >
            {frame.businessName}
          </Text>
          <Heading
            as="h1"
            className="ink"
            style={{ color: ink, fontSize: 24, fontWeight: 600, lineHeight: "30px", margin: "0 0 12px" }}
          >
            {content.title}
          </Heading>
          {content.paragraphs.map((paragraph, index) => (
            <Text
              key={index}
              className="ink"
              style={{ color: ink, fontSize: 16, lineHeight: "24px", margin: "0 0 12px" }}
            >
              {paragraph}
            </Text>
          ))}
          {content.facts && content.facts.length > 0 && <Facts facts={content.facts} />}
          {content.action && (
            <Section style={{ margin: "20px 0 12px" }}>
              <Button
                href={content.action.url}
                style={{
                  backgroundColor: accent.fill,
                  borderRadius: 8,
                  color: accent.onFill,
                  display: "inline-block",
                  fontSize: 16,
                  fontWeight: 600,
                  lineHeight: "20px",
                  padding: "14px 20px",
                  textDecoration: "none",
                }}
              >
                {content.action.label}
              </Button>
            </Section>
          )}
          {content.note && (
            <Text
              className="quiet"
              style={{ color: quiet, fontSize: 14, lineHeight: "20px", margin: "0 0 12px" }}
            >
              {content.note}
            </Text>
          )}
          <Hr className="rule" style={{ borderColor: line, borderTopWidth: 1, margin: "20px 0 14px" }} />
          <Text
            className="quiet"
            style={{ color: quiet, fontSize: 13, lineHeight: "18px", margin: "0 0 4px" }}
          >
            {frame.footer}
            {frame.unsubscribe && (
              <>
                {" "}
                <Link
                  href={frame.unsubscribe.url}
                  className="link"
                  style={{ color: accent.text, textDecoration: "underline" }}
                >
                  {frame.unsubscribe.label}
                </Link>
              </>
            )}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

function Facts({ facts }: { facts: { label: string; value: string }[] }) {
  return (
    <table
      role="presentation"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      style={{ borderCollapse: "collapse", margin: "8px 0 16px" }}
    >
      <tbody>
        {facts.map(({ label, value }) => (
          <tr key={label}>
            <td
              className="quiet rule"
              style={{
                borderTop: `1px solid ${line}`,
                color: quiet,
                fontSize: 15,
                padding: "10px 12px 10px 0",
              }}
            >
              {label}
            </td>
            <td
              className="ink rule"
              align="right"
              style={{
                borderTop: `1px solid ${line}`,
                color: ink,
                fontSize: 15,
                fontWeight: 600,
                padding: "10px 0",
              }}
            >
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
