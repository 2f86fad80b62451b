"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "./button";
import { Field } from "./field";
import { Glyph } from "./glyph";
import { fileUp } from "./icon-paths";
import { Progress } from "./marks";
import { RequestError, send } from "./request";
import { fileSize, putFile, UploadError } from "./upload";

export interface UploadTicket {
  fileId: string;
  uploadUrl: string;
  headers?: Record<string, string>;
}

interface FileDropProps {
  id?: string;
  label: string;
  hint?: string;
  /** What the picker offers, ".csv,text/csv", and how people call it, "CSV". */
  accept: string;
  kinds: string;
  maxBytes: number;
  /** Asks the API for a signed address; its answer is an UploadTicket. */
  ticketPath: string;
  ticketBody?: Record<string, unknown>;
  onUploaded: (result: { fileId: string; name: string; bytes: number }) => void;
}

type State =
  | { at: "waiting"; problem?: string }
  | { at: "sending"; file: File; sent: number }
  | { at: "failed"; file: File; problem: string }
  | { at: "done"; name: string };

function fits(file: File, accept: string): boolean {
  const kinds = accept.split(",").map((kind) => kind.trim().toLowerCase());
  const name = file.name.toLowerCase();
  return kinds.some((kind) => (kind.startsWith(".") ? name.endsWith(kind) : file.type === kind));
}

export function FileDrop(props: FileDropProps) {
  const { id = "file", label, hint, accept, maxBytes } = props;
  const t = useTranslations("ui.upload");
  const locale = useLocale();
  const [state, setState] = useState<State>({ at: "waiting" });
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const running = useRef<AbortController | null>(null);

  async function start(file: File | undefined) {
    if (!file) return;
    if (!fits(file, accept))
      return setState({ at: "waiting", problem: t("wrongKind", { kinds: props.kinds }) });
    if (file.size === 0) return setState({ at: "waiting", problem: t("empty") });
    if (file.size > maxBytes) {
      const problem = t("tooBig", { size: fileSize(file.size, locale), limit: fileSize(maxBytes, locale) });
      return setState({ at: "waiting", problem });
    }
    const control = new AbortController();
    running.current = control;
    setState({ at: "sending", file, sent: 0 });
    try {
      const ticket = await send<UploadTicket>(props.ticketPath, {
        body: {
          ...props.ticketBody,
          name: file.name,
          bytes: file.size,
          contentType: file.type || "text/csv",
        },
        signal: control.signal,
      });
      await putFile(ticket.uploadUrl, file, {
        headers: ticket.headers,
        signal: control.signal,
        onProgress: (sent) => setState({ at: "sending", file, sent }),
      });
      setState({ at: "done", name: file.name });
      props.onUploaded({ fileId: ticket.fileId, name: file.name, bytes: file.size });
    } catch (cause) {
      if (control.signal.aborted) return setState({ at: "waiting", problem: t("cancelled") });
      const said = cause instanceof RequestError && !(cause instanceof UploadError) ? cause.message : "";
      setState({ at: "failed", file, problem: said || t("failed") });
    } finally {
      running.current = null;
    }
  }

  const problem = state.at === "waiting" || state.at === "failed" ? state.problem : undefined;
  return (
    <Field id={id} label={label} hint={hint} error={problem}>
      <div
        className={`filedrop ${over ? "over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (state.at !== "sending") void start(event.dataTransfer.files[0]);
        }}
      >
        <input
          ref={input}
          id={id}
          type="file"
          accept={accept}
          className="vh"
          disabled={state.at === "sending"}
          onChange={(event) => void start(event.target.files?.[0]).then(() => (event.target.value = ""))}
        />
        {state.at === "sending" ? (
          <div className="stack w-full" role="status">
            <span className="row">
              <span className="grow truncate">{t("sending", { name: state.file.name })}</span>
              <span className="num muted">
                {t("progress", {
                  done: fileSize(state.sent, locale),
                  total: fileSize(state.file.size, locale),
                })}
              </span>
            </span>
            <Progress
              value={state.sent}
              max={state.file.size || 1}
              label={label}
              tone="accent"
              size="thick"
            />
            <div>
              <Button size="small" onClick={() => running.current?.abort()}>
                {t("cancel")}
              </Button>
            </div>
          </div>
        ) : (
          <div className="row">
            <Glyph path={fileUp} />
            {state.at === "done" && <span role="status">{t("done", { name: state.name })}</span>}
            {state.at === "failed" && (
              <Button size="small" variant="primary" onClick={() => void start(state.file)}>
                {t("again")}
              </Button>
            )}
            <Button size="small" onClick={() => input.current?.click()}>
              {state.at === "waiting" ? t("choose") : t("another")}
            </Button>
            {state.at === "waiting" && <span className="muted">{t("drop")}</span>}
          </div>
        )}
      </div>
    </Field>
  );
}
