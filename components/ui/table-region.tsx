"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { IconButton } from "./button";
import { Glyph } from "./glyph";
import { x } from "./icon-paths";

interface Selection {
  keys: string[];
  clear(): void;
}

const SelectionContext = createContext<Selection & { all: "none" | "some" | "every"; toggleAll(): void }>({
  keys: [],
  clear: () => undefined,
  all: "none",
  toggleAll: () => undefined,
});

/** The keys of the ticked rows, for the buttons of a bulk bar. */
export function useSelection(): Selection {
  const { keys, clear } = useContext(SelectionContext);
  return { keys, clear };
}

export function SelectAll({ label }: { label: string }) {
  const { all, toggleAll } = useContext(SelectionContext);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = all === "some";
  }, [all]);
  return (
    <input
      ref={box}
      className="cb"
      type="checkbox"
      aria-label={label}
      checked={all === "every"}
      onChange={toggleAll}
    />
  );
}

/**
 * Life for a table the server has drawn: the boxes stay plain inputs, this counts them. Arrows move between rows,
 * Enter follows the row's link (it is a link), Space ticks, Esc clears the selection or else closes the open row.
 */
export function TableRegion(props: {
  label: string;
  bulk?: ReactNode;
  closeHref?: string;
  still?: boolean;
  children: ReactNode;
}) {
  const t = useTranslations("ui.table");
  const router = useRouter();
  const region = useRef<HTMLDivElement>(null);
  const [keys, setKeys] = useState<string[]>([]);
  const [total, setTotal] = useState(0);

  const boxes = useCallback(
    () => Array.from(region.current?.querySelectorAll<HTMLInputElement>("input[data-row]") ?? []),
    [],
  );
  const count = useCallback(() => {
    const all = boxes();
    setTotal(all.length);
    const next = all.filter((box) => box.checked).map((box) => box.dataset.row ?? "");
    setKeys((known) => (known.join() === next.join() ? known : next));
  }, [boxes]);
  // The browser keeps ticks across a reload and the server may send other rows: count what is there.
  useEffect(count, [count, props.children]);

  const setAll = useCallback(
    (checked: boolean) => {
      for (const box of boxes()) box.checked = checked;
      count();
    },
    [boxes, count],
  );
  const selection = useMemo(
    () => ({
      keys,
      clear: () => setAll(false),
      all:
        keys.length === 0
          ? ("none" as const)
          : keys.length === total
            ? ("every" as const)
            : ("some" as const),
      toggleAll: () => setAll(keys.length !== total),
    }),
    [keys, total, setAll],
  );

  function move(event: React.KeyboardEvent) {
    const rows = Array.from(region.current?.querySelectorAll("tbody tr") ?? []);
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (step !== undefined) {
      if (at < 0 && event.key !== "ArrowDown") return;
      const row = rows[Math.max(0, Math.min(rows.length - 1, step))];
      const inBox =
        document.activeElement instanceof HTMLInputElement && "row" in document.activeElement.dataset;
      const box = row?.querySelector<HTMLElement>("input[data-row]");
      const target = inBox ? box : (row?.querySelector<HTMLElement>("[data-row-link]") ?? box);
      if (target) {
        event.preventDefault();
        target.focus();
      }
    } else if (event.key === "Escape" && keys.length > 0) selection.clear();
    else if (event.key === "Escape" && props.closeHref) router.push(props.closeHref, { scroll: false });
  }

  return (
    <SelectionContext value={selection}>
      <div className={props.still ? "table-still" : "table-frame"}>
        <div
          ref={region}
          className={props.still ? undefined : "table-scroll"}
          role="region"
          aria-label={props.label}
          tabIndex={props.still ? undefined : 0}
          onChange={count}
          onKeyDown={move}
        >
          {props.children}
        </div>
        {props.bulk && keys.length > 0 && (
          <div className="bulk" role="toolbar" aria-label={t("actions")}>
            <span role="status">{t("selected", { count: keys.length })}</span>
            <hr />
            {props.bulk}
            <hr />
            <IconButton label={t("clearSelection")} className="on-dark" onClick={selection.clear}>
              <Glyph path={x} size="s" />
            </IconButton>
          </div>
        )}
      </div>
    </SelectionContext>
  );
}
