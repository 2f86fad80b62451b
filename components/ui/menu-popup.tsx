"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { Menu } from "@base-ui/react/menu";
import { useRouter } from "next/navigation";
import { Fragment, type RefObject } from "react";
import type { MenuItem } from "./menu";

export function MenuPopup(props: {
  anchor: RefObject<HTMLButtonElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  items: readonly MenuItem[];
  label: string;
}) {
  const router = useRouter();
  return (
    <CSPProvider disableStyleElements>
      <Menu.Root
        modal={false}
        open={props.open}
        onOpenChange={(open, details) => {
          // The press that opened it also counts as a press outside; the button itself closes.
          const target = details.event.target;
          if (!open && target instanceof Node && props.anchor.current?.contains(target)) return;
          props.onOpenChange(open);
        }}
      >
        <Menu.Portal>
          <Menu.Positioner anchor={props.anchor} sideOffset={4} align="end" className="z-[70]">
            <Menu.Popup className="popover" aria-label={props.label} finalFocus={props.anchor}>
              {props.items.map((item) => (
                <Fragment key={item.id}>
                  {item.apart && <hr />}
                  <Menu.Item
                    className={`option ${item.danger ? "bad" : ""}`}
                    disabled={item.disabled}
                    onClick={() => (item.href ? router.push(item.href) : item.onSelect?.())}
                  >
                    {item.icon}
                    {item.label}
                  </Menu.Item>
                </Fragment>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </CSPProvider>
  );
}
