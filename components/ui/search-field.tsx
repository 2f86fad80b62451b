"use client";

import { useTranslations } from "next-intl";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";
import { Glyph } from "./glyph";
import { search } from "./icon-paths";
import { withQuery } from "./query";

/** Searches while one types (after a pause), keeps the words in the address, and works as a plain form without script. */
export function SearchField({
  name = "q",
  label,
  placeholder,
}: {
  name?: string;
  label?: string;
  placeholder?: string;
}) {
  const t = useTranslations("ui.filter");
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [pending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const current = params.get(name) ?? "";

  // The address can change from elsewhere (Clear, Back); while one types, the field leads.
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = current;
  }, [current]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
      if (event.key !== "/" || typing || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  function go(value: string) {
    clearTimeout(timer.current);
    const query: Record<string, string[]> = {};
    for (const key of params.keys()) query[key] = params.getAll(key);
    startTransition(() =>
      router.replace(withQuery(pathname, query, { [name]: value.trim() }), { scroll: false }),
    );
  }

  const others = Array.from(params).filter(([key]) => key !== name && key !== "after" && key !== "before");
  return (
    <form
      method="get"
      className="inwrap search"
      aria-busy={pending}
      onSubmit={(event) => {
        event.preventDefault();
        go(input.current?.value ?? "");
      }}
    >
      <Glyph path={search} className="lead-i" />
      <input
        ref={input}
        className="input"
        type="search"
        name={name}
        defaultValue={current}
        aria-label={label ?? t("search")}
        placeholder={placeholder}
        autoComplete="off"
        onChange={(event) => {
          const { value } = event.target;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => go(value), 300);
        }}
      />
      {others.map(([key, value]) => (
        <input key={key + value} type="hidden" name={key} value={value} />
      ))}
    </form>
  );
}
