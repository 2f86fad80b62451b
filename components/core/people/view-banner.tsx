"use client";

import { lazy, Suspense } from "react";
import type { ViewNoticeProps } from "./view-notice";

/* It stands in the frame of every page of the member app, and hardly anybody looks as somebody: members do not carry it. */
const ViewNotice = lazy(() => import("./view-notice").then((module) => ({ default: module.ViewNotice })));

export function ViewBanner(props: ViewNoticeProps) {
  return (
    // Marked from the start: whatever sends a change looks for this mark first.
    <div data-view-as={props.name}>
      <Suspense fallback={null}>
        <ViewNotice {...props} />
      </Suspense>
    </div>
  );
}
