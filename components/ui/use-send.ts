"use client";

import { useTranslations } from "next-intl";
import { useCallback, useRef, useState } from "react";
import { newKey, RequestError, send, type Method } from "./request";

interface SendProblem {
  message: string;
  fields: Record<string, string>;
  requestId: string | null;
  code: string;
}

/** What went wrong before anything was sent. */
const wordsFor: Record<string, "offline" | "viewing"> = { offline: "offline", viewing: "viewing" };

interface Attempt {
  fingerprint: string;
  key: string;
}

/**
 * One sending at a time. The same body sent again after a broken connection carries the same Idempotency-Key, so a
 * request that did arrive is answered, not repeated; a changed body or a definite answer begins a new key.
 */
export function useSend<Result = unknown>() {
  const t = useTranslations("ui.form");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<SendProblem | null>(null);
  const busy = useRef(false);
  const last = useRef<Attempt | null>(null);

  const run = useCallback(
    async (path: string, body?: unknown, method: Method = "POST"): Promise<{ data: Result } | null> => {
      if (busy.current) return null;
      busy.current = true;
      setSending(true);
      const fingerprint = `${method} ${path} ${JSON.stringify(body)}`;
      const key = last.current?.fingerprint === fingerprint ? last.current.key : newKey();
      last.current = { fingerprint, key };
      try {
        const data = await send<Result>(path, { method, body, idempotencyKey: key });
        last.current = null;
        setProblem(null);
        return { data };
      } catch (cause) {
        const error = cause instanceof RequestError ? cause : new RequestError("unexpected", 0, "");
        const uncertain = error.status === 0 || error.status >= 500 || error.status === 409;
        if (!uncertain) last.current = null;
        const spoken = error.message || t(wordsFor[error.code] ?? "unexpected");
        setProblem({ message: spoken, fields: error.fields, requestId: error.requestId, code: error.code });
        return null;
      } finally {
        busy.current = false;
        setSending(false);
      }
    },
    [t],
  );

  return { send: run, sending, problem, setProblem };
}
