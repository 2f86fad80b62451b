import { createElement } from "react";
import { render } from "@react-email/render";

import type { MailContent } from "./contract";
import { MailLayout, type MailFrame } from "./mail-layout";

interface RenderedMail {
  html: string;
  text: string;
}

/** Both twins from the same parts. The text is written, not stripped out of the HTML: it reads as a letter. */
export async function renderMail(content: MailContent, frame: MailFrame): Promise<RenderedMail> {
  return {
    html: await render(createElement(MailLayout, { content, frame })),
    text: mailText(content, frame),
  };
}

function mailText(content: MailContent, frame: MailFrame): string {
  const blocks: string[] = [content.title, ...content.paragraphs];
  if (content.facts && content.facts.length > 0) {
    blocks.push(content.facts.map(({ label, value }) => `${label}: ${value}`).join("\n"));
  }
  if (content.action) blocks.push(`${content.action.label}:\n${content.action.url}`);
  if (content.note) blocks.push(content.note);
  const footer = [frame.businessName, frame.footer];
  if (frame.unsubscribe) footer.push(`${frame.unsubscribe.label}: ${frame.unsubscribe.url}`);
  // "-- " is how mail programs know a signature.
  return `${blocks.join("\n\n")}\n\n-- \n${footer.join("\n")}\n`;
}
