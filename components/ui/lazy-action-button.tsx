"use client";

import { lazy, Suspense } from "react";
import type { ActionButtonProps } from "./action-button";

const ActionButton = lazy(() =>
  import("./action-button").then((module) => ({ default: module.ActionButton })),
);

/** For the frame of all pages, where a button that hardly anybody sees must not be in everybody's first load. */
export function LazyActionButton(props: ActionButtonProps) {
  return (
    <Suspense fallback={null}>
      <ActionButton {...props} />
    </Suspense>
  );
}
