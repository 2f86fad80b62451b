import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

/** Who a process runs as; empty means as ourselves. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** Postgres refuses to run as root; then it runs as whoever owns the data, else postgres, else nobody. */
export function databaseAccount(data: string): Account {
  if (process.getuid?.() !== 0) return {};
  if (existsSync(data)) {
    const { uid, gid } = statSync(data);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) =>
        Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      continue;
    }
  }
  throw new Error(
    "Postgres does not run as root, and this machine has no other account. Start as another user.",
  );
}

/** Under root's own folder nobody else may look; the account then gets that one right and no other. */
export function asAccount(binary: string, account: Account, home: string): [string, string[]] {
  if (account.uid === undefined || (reachable(binary, account) && reachable(home, account)))
    return [binary, []];
  const right = "+dac_override";
  return [
    "setpriv",
    [
      `--reuid=${account.uid}`,
      `--regid=${account.gid}`,
      "--clear-groups",
      `--inh-caps=${right}`,
      `--ambient-caps=${right}`,
      binary,
    ],
  ];
}

function reachable(file: string, account: Account): boolean {
  try {
    execFileSync("/bin/sh", ["-c", 'test -x "$1"', "sh", file], { ...account, cwd: "/", stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
