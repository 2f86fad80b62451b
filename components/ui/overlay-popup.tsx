"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { Dialog } from "@base-ui/react/dialog";
import { useTranslations } from "next-intl";
import { useRef, type ReactNode } from "react";
import { Glyph } from "./glyph";
import { x } from "./icon-paths";

interface OverlayPopupProps {
  kind: "dialog" | "sheet";
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
}

export function OverlayPopup({
  kind,
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  wide,
}: OverlayPopupProps) {
  const t = useTranslations("ui");
  const popup = useRef<HTMLDivElement>(null);
  // Where there is something to fill in, begin there; else at the popup itself, so that its words are read first.
  const start = () => popup.current?.querySelector<HTMLElement>("input, textarea, select") ?? popup.current;
  const close = (
    <Dialog.Close className="iconbtn -mt-2" aria-label={t("close")}>
      <Glyph path={x} />
    </Dialog.Close>
  );
  return (
    <CSPProvider disableStyleElements>
      <Dialog.Root open={open} onOpenChange={onOpenChange}>
        <Dialog.Portal>
          <Dialog.Backdrop className="scrim" />
          {kind === "sheet" ? (
            <Dialog.Popup ref={popup} initialFocus={start} className="sheet">
              <header>
                <div className="grow">
                  <Dialog.Title className="h1">{title}</Dialog.Title>
                  {description && (
                    <Dialog.Description className="soft mt-1">{description}</Dialog.Description>
                  )}
                </div>
                {close}
              </header>
              <div className="body pt-4">{children}</div>
              {footer && <div className="dock">{footer}</div>}
            </Dialog.Popup>
          ) : (
            <Dialog.Popup ref={popup} initialFocus={start} className={`dialog ${wide ? "wide" : ""}`}>
              <header className="row top">
                <div className="grow">
                  <Dialog.Title className="h2">{title}</Dialog.Title>
                  {description && (
                    <Dialog.Description className="soft mt-1.5">{description}</Dialog.Description>
                  )}
                </div>
                {close}
              </header>
              {children && <div className="mt-4">{children}</div>}
              {footer && <footer>{footer}</footer>}
            </Dialog.Popup>
          )}
        </Dialog.Portal>
      </Dialog.Root>
    </CSPProvider>
  );
}
