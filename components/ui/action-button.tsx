"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, type ButtonLook } from "./button";
import { CloseButton, Dialog } from "./dialog";
import { Notice } from "./notice";
import type { Method } from "./request";
import { useToast } from "./toast";
import { useSend } from "./use-send";

export interface ActionButtonProps extends ButtonLook {
  label: string;
  /** Said instead of the label where a list has many alike; begins with it. */
  spoken?: string;
  path: string;
  method?: Method;
  body?: unknown;
  /** Said in a toast once it is done. */
  done: string;
  /** Takes it back; offered in the toast. */
  undo?: { label: string; path: string; method?: Method; body?: unknown; done: string };
  /** Asks first. For what cannot simply be undone. */
  confirm?: { title: string; text: string; keep: string };
  next?: string;
}

/** One press, one request, said in words; the page's data is read again afterwards. */
export function ActionButton({
  label,
  spoken,
  path,
  method = "POST",
  body,
  done,
  undo,
  confirm,
  next,
  ...look
}: ActionButtonProps) {
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const { send, sending, problem, setProblem } = useSend();
  const goes = () => (next ? router.push(next) : router.refresh());

  async function act() {
    const sent = await send(path, body ?? {}, method);
    if (!sent) return;
    setOpen(false);
    toast({
      message: done,
      action: undo && {
        label: undo.label,
        onClick: () =>
          void send(undo.path, undo.body ?? {}, undo.method ?? "POST").then((back) => {
            if (!back) return;
            toast({ message: undo.done });
            router.refresh();
          }),
      },
    });
    goes();
  }

  if (!confirm) {
    return (
      <span className="stack">
        <Button {...look} busy={sending} aria-label={spoken} onClick={() => void act()}>
          {label}
        </Button>
        {problem && (
          <span className="error" role="alert">
            {problem.message}
          </span>
        )}
      </span>
    );
  }
  return (
    <Dialog
      title={confirm.title}
      description={confirm.text}
      trigger={label}
      look={look}
      open={open}
      onOpenChange={(value) => {
        setOpen(value);
        setProblem(null);
      }}
      footer={
        <>
          <CloseButton>{confirm.keep}</CloseButton>
          <Button
            variant={look.variant === "danger-quiet" || look.variant === "danger" ? "danger" : "primary"}
            busy={sending}
            onClick={() => void act()}
          >
            {label}
          </Button>
        </>
      }
    >
      {problem && <Notice tone="bad" title={problem.message} />}
    </Dialog>
  );
}
