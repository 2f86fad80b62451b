import type { Task, TaskList } from "graphile-worker";

import { log } from "@/lib/kernel/log";

import type { JobRegistry } from "./define-job";

/** Wrap the registry as Graphile's task list: load on first use, check the name, log the outcome without data. */
export function taskList(registry: JobRegistry, deadline: Date | null): TaskList {
  const tasks: TaskList = {};
  for (const [name, load] of Object.entries(registry)) {
    const task: Task = async (payload, helpers) => {
      const { attempts, max_attempts: maxAttempts, id } = helpers.job;
      const jobLog = log.child({ job: name, jobId: id, attempt: attempts });
      const startedAt = performance.now();
      try {
        const job = await load();
        if (job.id !== name)
          throw new Error(`the registry names "${name}" but the job calls itself "${job.id}"`);
        await job.start(payload, {
          log: jobLog,
          signal: helpers.abortSignal ?? new AbortController().signal,
          attempt: attempts,
          isLastAttempt: attempts >= maxAttempts,
          deadline,
        });
        jobLog.info({ ms: Math.round(performance.now() - startedAt) }, "job done");
      } catch (error) {
        jobLog.error(
          { err: error, ms: Math.round(performance.now() - startedAt), maxAttempts },
          "job failed",
        );
        throw error;
      }
    };
    tasks[name] = task;
  }
  return tasks;
}

/** Handlers for names nobody registered: they fail every attempt, so the job ends among the dead instead of waiting for ever. */
export function unknownTaskList(names: readonly string[]): TaskList {
  return Object.fromEntries(
    names.map((name): [string, Task] => [
      name,
      (_payload, helpers) => {
        log.error(
          { job: name, jobId: helpers.job.id, attempt: helpers.job.attempts },
          "no job has this name",
        );
        return Promise.reject(new Error(`No job is named "${name}".`));
      },
    ]),
  );
}
