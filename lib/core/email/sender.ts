/** `Portico <hello@portico.test>` under a business's name: readers know the business, not us. */
export function senderOf(businessName: string, mailFrom: string): string {
  const address = /<([^<>]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom.trim();
  const name = businessName.replace(/["\\<>\p{Cc}]/gu, "").trim();
  return name ? `"${name}" <${address}>` : address;
}
