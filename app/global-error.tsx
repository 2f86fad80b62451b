"use client";

import "./globals.css";
import words from "@/messages/en/failure.json";

/* The layout itself failed, so there is no provider of words here: they come straight from the file. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en" data-brand="">
      <body>
        <main className="member" id="main">
          <div className="state" role="alert">
            <h1 className="h2">{words.title}</h1>
            <p className="soft">{words.text}</p>
            <button type="button" className="btn primary" onClick={reset}>
              {words.again}
            </button>
            {error.digest && <p className="sm muted num">{`${words.reference} ${error.digest}`}</p>}
          </div>
        </main>
      </body>
    </html>
  );
}
