"use client";

import { lazy, Suspense } from "react";
import type { DropDownProps } from "./drop-down";

const DropDown = lazy(() => import("./drop-down").then((module) => ({ default: module.DropDown })));

/** For the frame of all pages: most people belong to one business and never see it. */
export function LazyDropDown(props: DropDownProps) {
  return (
    <Suspense fallback={null}>
      <DropDown {...props} />
    </Suspense>
  );
}
