"use client";

import { lazy, Suspense, useRef, useState, type ReactNode } from "react";
import { Button, IconButton, type ButtonLook } from "./button";
import { Glyph } from "./glyph";
import { ellipsis } from "./icon-paths";

export interface MenuItem {
  id: string;
  label: string;
  icon?: ReactNode;
  href?: string;
  onSelect?: () => void;
  danger?: boolean;
  disabled?: boolean;
  /** Draws a line before it. */
  apart?: boolean;
}

const Popup = lazy(() => import("./menu-popup").then((module) => ({ default: module.MenuPopup })));

/** Actions on one thing. The button is here at once; the menu's machinery loads with the first press. */
export function Menu({
  label,
  look,
  items,
}: {
  label: string;
  look?: ButtonLook;
  items: readonly MenuItem[];
}) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const press = {
    "aria-haspopup": "menu" as const,
    "aria-expanded": open,
    onClick: () => {
      setUsed(true);
      setOpen(!open);
    },
  };
  return (
    <span ref={(node) => void (anchor.current = node?.querySelector("button") ?? null)}>
      {look ? (
        <Button {...look} {...press}>
          {label}
        </Button>
      ) : (
        <IconButton label={label} {...press}>
          <Glyph path={ellipsis} />
        </IconButton>
      )}
      {used && (
        <Suspense fallback={null}>
          <Popup anchor={anchor} open={open} onOpenChange={setOpen} items={items} label={label} />
        </Suspense>
      )}
    </span>
  );
}
