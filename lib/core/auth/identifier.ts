/** What a person types to sign in. */
type Identifier = { kind: "e-mail"; email: string } | { kind: "handle"; handle: string };

const handlePattern = /^@?[a-z0-9_.]{1,30}$/i;

/** Null for what can be neither; the answer to the caller is the same as for a wrong password. */
export function readIdentifier(text: string): Identifier | null {
  const trimmed = text.trim();
  if (/^[^@\s]+@[^@\s]+$/.test(trimmed)) return { kind: "e-mail", email: trimmed.toLowerCase() };
  if (handlePattern.test(trimmed)) return { kind: "handle", handle: trimmed.replace(/^@/, "").toLowerCase() };
  return null;
}

/** Enough to recognise one's own address, too little to learn somebody else's. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const name = email.slice(0, at);
  const domain = email.slice(at + 1);
  const shown = name.length <= 2 ? name.slice(0, 1) : name.slice(0, 2);
  return `${shown}${"•".repeat(4)}@${domain}`;
}
