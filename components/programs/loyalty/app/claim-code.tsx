"use client";

import { useState } from "react";
import { send } from "@/components/ui/request";

interface ClaimCodeWords {
  show: string;
  busy: string;
  none: string;
  code: string;
  reference: string;
  failed: string;
  copy: string;
  copied: string;
}

/** A code is money: it is not part of the page, it is fetched when she asks for it. */
export function ClaimCode({
  slug,
  id,
  name,
  words,
}: {
  slug: string;
  id: string;
  name: string;
  words: ClaimCodeWords;
}) {
  const [found, setFound] = useState<{ code: string | null; reference: string | null } | null>(null);
  const [state, setState] = useState<"idle" | "busy" | "failed" | "copied">("idle");

  async function show() {
    setState("busy");
    try {
      setFound(await send(`/api/${slug}/loyalty/redemptions/${id}`, { method: "GET" }));
      setState("idle");
    } catch {
      setState("failed");
    }
  }

  if (!found)
    return (
      <span className="block">
        <button
          type="button"
          className="act min-w-0 justify-start"
          disabled={state === "busy"}
          onClick={() => void show()}
        >
          {state === "busy" ? words.busy : words.show}
          <span className="vh">: {name}</span>
        </button>
        {state === "failed" && <span role="alert">{words.failed}</span>}
      </span>
    );
  return (
    <span className="block" role="status">
      {found.code === null ? (
        <span className="soft">{words.none}</span>
      ) : (
        <>
          {words.code} <b className="num">{found.code}</b>{" "}
          <button
            type="button"
            className="act min-w-0"
            onClick={() =>
              void navigator.clipboard.writeText(found.code ?? "").then(
                () => setState("copied"),
                () => setState("failed"),
              )
            }
          >
            {state === "copied" ? words.copied : words.copy}
          </button>
        </>
      )}
      {found.reference !== null && (
        <span className="block soft">
          {words.reference} {found.reference}
        </span>
      )}
    </span>
  );
}
