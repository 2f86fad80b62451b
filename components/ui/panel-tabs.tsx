"use client";

import { Tabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

/** Tabs within a page, for parts that are already here. Prefer <TabLinks>: an address can be shared. */
export function PanelTabs({
  label,
  tabs,
  look = "segments",
}: {
  label: string;
  tabs: ReadonlyArray<{ id: string; label: ReactNode; panel: ReactNode }>;
  look?: "line" | "segments";
}) {
  return (
    <Tabs.Root defaultValue={tabs[0]?.id}>
      <Tabs.List className={look === "line" ? "utabs" : "seg"} aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.id} value={tab.id}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.id} value={tab.id} className="pt-4">
          {tab.panel}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
