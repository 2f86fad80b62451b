"use client";

import { Toast } from "@base-ui/react/toast";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { connectToasts } from "./toast";
import { Glyph } from "./glyph";
import { x } from "./icon-paths";

function Messages() {
  const t = useTranslations("ui");
  const { toasts, add } = Toast.useToastManager();
  useEffect(
    () =>
      connectToasts(({ message, tone, action }) => {
        add({
          title: message,
          type: tone,
          priority: tone === "bad" ? "high" : "low",
          actionProps: action ? { children: action.label, onClick: action.onClick } : undefined,
        });
      }),
    [add],
  );
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={`toast ${toast.type === "bad" ? "bad" : ""}`}>
      <Toast.Title className="grow" render={<p />} />
      {toast.actionProps && <Toast.Action className="btn small" />}
      <Toast.Close className="iconbtn on-dark" aria-label={t("close")}>
        <Glyph path={x} size="s" />
      </Toast.Close>
    </Toast.Root>
  ));
}

export function ToastRegion() {
  return (
    <Toast.Provider timeout={6000} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <Messages />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
