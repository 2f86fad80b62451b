"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { Dialog } from "@base-ui/react/dialog";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Glyph } from "./glyph";
import { x } from "./icon-paths";

export interface OverlayPopupProps {
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
            <Dialog.Popup className="sheet">
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
            <Dialog.Popup className={`dialog ${wide ? "wide" : ""}`}>
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
