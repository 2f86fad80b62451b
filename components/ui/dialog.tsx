"use client";

import { createContext, lazy, Suspense, useContext, useState, type ReactNode } from "react";
import { Button, type ButtonLook, type ButtonProps } from "./button";

interface OverlayProps {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** The row of buttons; put <CloseButton> in it for the way out. */
  footer?: ReactNode;
  /** The button that opens it. Leave it out and steer with open/onOpenChange. */
  trigger?: string;
  look?: ButtonLook;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  wide?: boolean;
}

const Close = createContext<() => void>(() => undefined);

/** Closes the dialog or sheet around it. */
function useClose(): () => void {
  return useContext(Close);
}

export function CloseButton(props: Omit<ButtonProps, "onClick">) {
  return <Button {...props} onClick={useClose()} />;
}

/* The popup (focus trap, scroll lock, portal) is loaded when the first one opens. */
const Popup = lazy(() => import("./overlay-popup").then((module) => ({ default: module.OverlayPopup })));

function Overlay({
  kind,
  trigger,
  look,
  open: steered,
  onOpenChange,
  ...rest
}: OverlayProps & { kind: "dialog" | "sheet" }) {
  const [own, setOwn] = useState(false);
  const open = steered ?? own;
  const [wasOpen, setWasOpen] = useState(open);
  if (open && !wasOpen) setWasOpen(true);
  function change(next: boolean) {
    setOwn(next);
    onOpenChange?.(next);
  }
  return (
    <>
      {trigger && (
        <Button {...look} aria-haspopup="dialog" onClick={() => change(true)}>
          {trigger}
        </Button>
      )}
      {wasOpen && (
        <Suspense fallback={null}>
          <Close.Provider value={() => change(false)}>
            <Popup kind={kind} open={open} onOpenChange={change} {...rest} />
          </Close.Provider>
        </Suspense>
      )}
    </>
  );
}

/** One question in the middle of the screen; admin's way. */
export function Dialog(props: OverlayProps) {
  return <Overlay kind="dialog" {...props} />;
}

/** One decision rising from the bottom edge; the member app's way. */
export function Sheet(props: OverlayProps) {
  return <Overlay kind="sheet" {...props} />;
}
