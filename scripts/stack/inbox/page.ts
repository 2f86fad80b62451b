import { address, type Mail } from "./store";
import { INBOX_STYLE } from "./style";

interface View {
  search: string;
  view: "html" | "text";
  lost: boolean;
}

const time = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("en", { weekday: "short", month: "short", day: "numeric" });

/** The list at the left, one mail at the right; on a phone one after the other. Works without a script. */
export function inboxPage(mails: Mail[], open: Mail | undefined, view: View): string {
  const query = view.search ? `?q=${encodeURIComponent(view.search)}` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${open ? `${escape(open.subject)} · ` : ""}Local inbox · Portico</title>
<link rel="icon" href="data:,">
<style>${INBOX_STYLE}</style>
</head>
<body class="${open ? "reading" : "listing"}">
<header>
  <h1><a href="/">Local inbox</a></h1>
  <p>Every mail this machine's Portico sent. Nothing leaves it.</p>
  <form action="/" role="search">
    <label for="q">Find by recipient or subject</label>
    <input id="q" name="q" type="search" value="${escape(view.search)}" autocomplete="off">
  </form>
</header>
<main>
  <nav aria-label="Mails" tabindex="0">${list(mails, open, query, view)}</nav>
  <section aria-label="Mail">${open ? letter(open, view.view, query) : nothingOpen(mails.length, view)}</section>
</main>
<script>
  // New mail shows by itself; the mail being read stays.
  const newest = ${JSON.stringify(mails[0]?.id ?? null)};
  setInterval(async () => {
    if (document.hidden || document.activeElement?.id === "q") return;
    const answer = await fetch("/api/messages?limit=1" + ${JSON.stringify(query ? `&${query.slice(1)}` : "")}).catch(() => null);
    const body = answer && answer.ok ? await answer.json() : null;
    if (body && (body.messages[0]?.id ?? null) !== newest) location.reload();
  }, 2000);
</script>
</body>
</html>`;
}

/** The mail as its reader gets it. It opens links in a new tab and runs nothing. */
export function mailDocument(mail: Mail): string {
  const body =
    mail.html ??
    `<pre style="white-space:pre-wrap;font:15px/1.5 system-ui,sans-serif;padding:20px">${escape(mail.text ?? "")}</pre>`;
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(body)
    ? body.replace(/<head[^>]*>/i, (head) => `${head}${base}`)
    : `<!doctype html><meta charset="utf-8">${base}${body}`;
}

function list(mails: Mail[], open: Mail | undefined, query: string, view: View): string {
  if (mails.length === 0) {
    return `<p class="empty">${view.search ? `No mail matches “${escape(view.search)}”. <a href="/">Show all</a>` : "No mail yet. Sign up in the app, and its code arrives here."}</p>`;
  }
  const items = mails.map((mail) => {
    const current = mail.id === open?.id ? ' aria-current="true"' : "";
    return `<li><a href="/messages/${mail.id}${query}"${current}>
      <span class="to">${escape(mail.to.map(address).join(", "))}</span><time datetime="${mail.at}">${when(mail.at)}</time>
      <span class="subject">${escape(mail.subject)}</span></a></li>`;
  });
  return `<ol>${items.join("")}</ol>`;
}

function letter(mail: Mail, view: "html" | "text", query: string): string {
  const here = `/messages/${mail.id}${query}${query ? "&" : "?"}view=`;
  const tab = (name: "html" | "text", label: string) =>
    `<a href="${here}${name}"${view === name ? ' aria-current="page"' : ""}>${label}</a>`;
  const line = (label: string, entries: string[]) =>
    entries.length > 0 ? `<div><dt>${label}</dt><dd>${escape(entries.join(", "))}</dd></div>` : "";
  const body =
    view === "text"
      ? mail.text !== null
        ? `<pre tabindex="0">${linked(mail.text)}</pre>`
        : `<p class="empty">This mail has no plain-text part.</p>`
      : `<iframe title="${escape(mail.subject)}" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${mail.id}/html"></iframe>`;
  return `<div class="head">
    <a class="back" href="/${query}">All mails</a>
    <h2>${escape(mail.subject)}</h2>
    <dl>${line("From", [mail.from])}${line("To", mail.to)}${line("Cc", mail.cc)}${line("Bcc", mail.bcc)}${line("Reply to", mail.replyTo)}
      ${line(
        "Attached",
        mail.attachments.map((file) => `${file.filename} (${file.bytes} bytes)`),
      )}
      <div><dt>Sent</dt><dd><time datetime="${mail.at}">${day.format(new Date(mail.at))}, ${time.format(new Date(mail.at))}</time></dd></div></dl>
    <p class="tabs">${tab("html", "As sent")}${tab("text", "Plain text")}</p>
  </div>${body}`;
}

function nothingOpen(count: number, view: View): string {
  if (view.lost)
    return `<p class="empty">There is no such mail here. It may have been cleared. <a href="/">Show all</a></p>`;
  return count > 0 ? `<p class="empty">Pick a mail at the left to read it.</p>` : "";
}

function when(at: string): string {
  const date = new Date(at);
  return Date.now() - date.getTime() < 12 * 60 * 60 * 1000 ? time.format(date) : day.format(date);
}

function linked(text: string): string {
  return escape(text).replace(
    /https?:\/\/[^\s<>"]+/g,
    (url) => `<a href="${url}" target="_blank" rel="noreferrer">${url}</a>`,
  );
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
